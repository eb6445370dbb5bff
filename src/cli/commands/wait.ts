import { defineCommand } from "../command";
import { followed, WAITING, WAITING_EXIT_CODES } from "../operate/followed";
import { OPERATED, operatedDelivery } from "../operate/operated";

export const wait = defineCommand({
  name: "wait",
  summary: "waits for the end of a release",
  description: `Waits for the release in flight, or for the one that is named. If none is in flight, it says how the last one ended.
The time in which a person must approve or continue a release does not count.`,
  arguments: {
    "[service]": "needed where there are several",
    "[environment]": "needed where there are several",
  },
  options: {
    execution: { value: "<id>", description: "an execution of the pipeline" },
    deployment: { value: "<id>", description: "a deployment" },
    commit: {
      value: "<id>",
      description: "a commit whose execution may not have begun; the whole id, or its beginning",
    },
    ...WAITING,
    ...OPERATED,
  },
  json: '{ "result": "succeeded|rolledBack|failed|superseded|timedOut", "text", "execution", "deployment" }',
  variables: ["CODESERIES_CONFIG"],
  exitCodes: WAITING_EXIT_CODES,
  examples: ["npx codeseries wait awssdk-iam dev --commit $(git rev-parse HEAD)"],
  async run({ args, env, options, ui }) {
    const { waitedFor } = await import("../../operate/follow/waited-for");
    const { clients, delivery } = await operatedDelivery(env, args, options.profile);
    const { look, minutes } = await waitedFor(clients, delivery, options);
    return followed(ui, look, { minutes, timeout: options.timeout });
  },
});
