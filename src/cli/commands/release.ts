import { ExitCode, InputError } from "../../errors";
import { defineCommand } from "../command";
import { followed, WAIT, WAITING_EXIT_CODES } from "../operate/followed";
import { OPERATED, operatedDelivery } from "../operate/operated";

/** @throws InputError if the text is no digest of an image. */
export function digestOf(text: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(text))
    throw new InputError(`--digest: expected sha256: and 64 hexadecimal digits, got "${text}"`);
  return text;
}

export const release = defineCommand({
  name: "release",
  summary: "releases an image that ECR has, without a build",
  description: `Registers the task definition that runs again, with the image of a digest, and deploys it through CodeDeploy, blue/green.
Before the first release it is the task definition of the configuration. Changes of the configuration arrive with
the next release of the pipeline.`,
  arguments: {
    "[service]": "needed where there are several",
    "[environment]": "needed where there are several",
  },
  options: {
    digest: {
      value: "<digest>",
      description: "of the image, in the environment's repository",
      parse: digestOf,
    },
    ignoreAlarms: {
      description:
        "alarms do not stop this deployment: the broken version that set them off must not block its fix",
    },
    ...WAIT,
    ...OPERATED,
  },
  json: '{ "deployment", "taskDefinition" }; with --wait { "result", "text", "deployment" }',
  variables: ["CODESERIES_CONFIG"],
  exitCodes: { ...WAITING_EXIT_CODES, done: "the deployment has begun, or with --wait succeeded" },
  examples: ["npx codeseries release awssdk-iam dev --digest sha256:74b2c6… --ignore-alarms --wait"],
  async run({ args, env, options: { digest, ignoreAlarms, profile, timeout, wait }, ui }) {
    if (digest === undefined)
      throw new InputError("--digest: expected sha256: and 64 hexadecimal digits, got none");
    const { prepareRelease } = await import("../../operate/release/release");
    const { deploymentMinutes } = await import("../../operate/follow/deadline");
    const { lookAtDeployment } = await import("../../operate/follow/deployment");
    const { clients, delivery } = await operatedDelivery(env, args, profile);
    const reason = `codeseries release of ${digest}`;
    const prepared = await prepareRelease(clients, delivery, { digest, ignoreAlarms, reason });
    const begun = await prepared.start();
    const text = `${begun.deployment} deploys ${begun.taskDefinition}`;
    if (!wait) {
      ui.result(text, begun);
      return ExitCode.done;
    }
    ui.note(text);
    const look = lookAtDeployment(clients, delivery, begun.deployment);
    return followed(ui, look, { minutes: deploymentMinutes(delivery), timeout });
  },
});
