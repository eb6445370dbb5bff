import { ExitCode, InputError } from "../../errors";
import type { System } from "../../system/system";
import { chosenDelivery } from "../chosen-delivery";
import { defineCommand } from "../command";
import { confirmed, YES } from "../operate/confirm";
import { followed, WAIT, WAITING_EXIT_CODES } from "../operate/followed";
import { OPERATED, operatedSystem } from "../operate/operated";
import { digestOf } from "./release";

const MAX_REASON = 500;

/** The deliveries at both ends. @throws InputError if they are one, or there is no such delivery. */
function ends(system: System, service?: string, from?: string, to?: string) {
  const environments = system.environments.map(({ name }) => name).join(", ");
  for (const [option, value] of Object.entries({ from, to }))
    if (value === undefined)
      throw new InputError(`--${option}: expected one of the environments ${environments}, got none`);
  if (from === to) throw new InputError(`--to: expected another environment than --from, got "${to ?? ""}"`);
  return [chosenDelivery(system, service, from), chosenDelivery(system, service, to)] as const;
}

export const promote = defineCommand({
  name: "promote",
  summary: "releases the image of one environment in another one",
  description: `Copies the image of the last release that succeeded in the environment --from, with the same digest, to the
environment --to, and deploys it there with that environment's own task definition. Nothing is built. It shows what
is promoted; where releases need approval, it asks on the terminal, and elsewhere --yes is needed.`,
  arguments: { "[service]": "needed where there are several" },
  options: {
    from: { value: "<environment>", description: "where the image succeeded" },
    to: { value: "<environment>", description: "where it is released" },
    digest: {
      value: "<digest>",
      description: "another image than that of the last release",
      parse: digestOf,
    },
    reason: {
      value: "<text>",
      description:
        "why; it is in the deployment's description. Needed for an image that did not succeed in --from",
    },
    show: { description: "shows what would be promoted, and changes nothing" },
    ignoreAlarms: { description: "alarms do not stop this deployment" },
    yes: YES,
    ...WAIT,
    ...OPERATED,
  },
  json: '{ "digest", "commit", "from", "to", "deployment", "taskDefinition" }, null where nothing is deployed; with --wait { "result", "text", "deployment" }',
  variables: ["CODESERIES_CONFIG"],
  exitCodes: {
    ...WAITING_EXIT_CODES,
    done: "the deployment has begun, or with --wait succeeded; or the image runs already",
    failed: "nothing to promote, it would not run, the answer was no, or with --wait it failed",
  },
  examples: ["npx codeseries promote orders --from dev --to stg --wait"],
  async run({ args: [service], env, options, ui }) {
    const { promotionClient } = await import("../../aws/promotion-client");
    const { deploymentMinutes } = await import("../../operate/follow/deadline");
    const { lookAtDeployment } = await import("../../operate/follow/deployment");
    const { promotionLines } = await import("../../operate/promote/lines");
    const { copyPromoted, planPromotion } = await import("../../operate/promote/promote");
    const { ignoreAlarms, profile, reason, show, timeout, wait, yes } = options;
    if (reason !== undefined && (reason.trim() === "" || reason.length > MAX_REASON))
      throw new InputError(`--reason: expected 1 to ${MAX_REASON} characters, got ${reason.length}`);
    const { clientsOf, system } = await operatedSystem(env, profile);
    const [source, target] = ends(system, service, options.from, options.to);
    const from = { clients: await clientsOf(source), delivery: source };
    const to = { clients: await clientsOf(target), delivery: target };
    const planned = await planPromotion(from, to, { digest: options.digest, reason, ignoreAlarms });
    const { commit, digest, runs } = planned;
    const data = {
      digest,
      commit: commit?.id ?? null,
      from: source.environment.name,
      to: target.environment.name,
    };
    const nothing = (text: string) => {
      ui.result(text, { ...data, deployment: null, taskDefinition: null });
    };
    const lines = promotionLines(source, target, planned);
    if (runs || show) {
      nothing([...lines, ...(runs ? [`${data.to} runs this image already`] : [])].join("\n"));
      return ExitCode.done;
    }
    for (const line of lines) ui.note(line);
    const question = `Release ${digest} to ${data.to}?`;
    if (target.environment.approval && !(await confirmed(question, yes))) {
      nothing("Nothing was promoted.");
      return ExitCode.failed;
    }
    const ecr = promotionClient(to.clients.environment, target.environment, system.region);
    await copyPromoted(from, { delivery: target, ecr }, planned, (layer) => {
      ui.note(`copies ${layer}`);
    });
    const begun = await planned.release.start();
    const text = `${begun.deployment} deploys ${begun.taskDefinition}`;
    if (!wait) {
      ui.result(text, { ...data, ...begun });
      return ExitCode.done;
    }
    ui.note(text);
    const look = lookAtDeployment(to.clients, target, begun.deployment);
    return followed(ui, look, { minutes: deploymentMinutes(target), timeout });
  },
});
