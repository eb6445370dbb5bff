import { ExitCode } from "../../errors";
import { defineCommand } from "../command";
import { followed, WAIT, WAITING_EXIT_CODES } from "../operate/followed";
import { OPERATED, operatedDelivery } from "../operate/operated";

export const rollback = defineCommand({
  name: "rollback",
  summary: "goes back to the last release that succeeded",
  description: `Stops the deployment in flight, which CodeDeploy then rolls back. If none is in flight, deploys the last release that
succeeded and was not rolled back, before the one that runs, or the one that --to names. Before that it checks
that the version would run on the infrastructure as it is now: its image, roles, secrets, container and port.`,
  arguments: {
    "[service]": "needed where there are several",
    "[environment]": "needed where there are several",
  },
  options: {
    to: {
      value: "<release>",
      description: "the release to go back to: the id of its deployment, or the digest of its image",
    },
    ignoreAlarms: {
      description: "alarms do not stop the way back: the version that is left may have set them off",
    },
    stop: { description: "stops the deployment in flight, also if it is a rollback by this command" },
    ...WAIT,
    ...OPERATED,
  },
  json: '{ "rollback": "stop|deploy|none", "deployment", "to" }; with --wait { "result", "text", "deployment" }',
  variables: ["CODESERIES_CONFIG"],
  exitCodes: {
    ...WAITING_EXIT_CODES,
    done: "the version before runs, or with --wait it runs again; without --wait the deployment has begun",
    rolledBack:
      "with --wait: the deployment in flight was rolled back, or the way back was rolled back itself",
  },
  examples: ["npx codeseries rollback awssdk-iam dev --wait"],
  async run({ args, env, options: { ignoreAlarms, profile, stop, timeout, to, wait }, ui }) {
    const { carryOut, planRollback } = await import("../../operate/release/rollback");
    const { deploymentMinutes } = await import("../../operate/follow/deadline");
    const { lookAtDeployment } = await import("../../operate/follow/deployment");
    const { clients, delivery } = await operatedDelivery(env, args, profile);
    const planned = await planRollback(clients, delivery, { ignoreAlarms, stop, to });
    if (planned.kind === "none") {
      ui.result(planned.text, { rollback: "none" });
      return ExitCode.done;
    }
    const deployment = await carryOut(clients, delivery, planned);
    const text =
      planned.kind === "stop"
        ? `${deployment} is being stopped; CodeDeploy rolls it back`
        : `${deployment} deploys ${planned.taskDefinition}, the version of ${planned.to}`;
    if (!wait) {
      ui.result(text, {
        rollback: planned.kind,
        deployment,
        ...(planned.kind === "deploy" && { to: planned.to }),
      });
      return ExitCode.done;
    }
    ui.note(text);
    const look = lookAtDeployment(clients, delivery, deployment);
    return followed(ui, look, { minutes: deploymentMinutes(delivery), timeout });
  },
});
