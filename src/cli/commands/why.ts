import { OPERATED } from "../operate/operated";
import { defineCommand } from "../command";

export const why = defineCommand({
  name: "why",
  summary: "says why a release failed, or where it is, from what AWS says about it",
  description: `Reads the newest execution of the pipeline, or the given one, and joins what the pipeline, the build, the deployment,
tasks, targets, alarms and logs say about it. The first line is the cause. Then come the texts of AWS with their API
and field, where production traffic goes now, and what to do. If several causes look alike, all of them are named,
with the calls that tell them apart. Nothing is changed.`,
  arguments: {
    "[service]": "needed where there are several",
    "[environment]": "needed where there are several",
  },
  options: {
    ...OPERATED,
    execution: {
      value: "<id>",
      description:
        "an execution of the pipeline, or the beginning of its id; or a deployment, for a release without the pipeline",
    },
  },
  json: `{ "execution": text, "deployment": text, "status": "none" | "running" | "waiting" | "stopped" | "superseded" | "succeeded" | "failed" | "rolled back",
  "headline": text, "certainty": "certain" | "likely" | "one of several" | "unknown",
  "causes" and "also": [{ "id", "cause", "possible": [text], "evidence": [{ "api", "field", "text" }], "confirm": [text], "remedy", "misleading" }],
  "denied": [{ "principal", "action", "resource", "because" }], "log": { "group", "stream", "lines": [text] },
  "production": [text], "next": [text], "notes": [text] }`,
  variables: ["CODESERIES_CONFIG"],
  exitCodes: { failed: "AWS accepted no credentials, or there is no pipeline" },
  examples: ["npx codeseries why awssdk-iam dev", "npx codeseries why awssdk-iam dev --execution 1d247af2"],
  async run({ args, env, options: { execution, profile }, ui }) {
    const { operatedDelivery } = await import("../operate/operated");
    const { catalogue, collect, judge } = await import("../../operate/why");
    const { answerText } = await import("../../operate/why/report/report");
    const { clients, delivery } = await operatedDelivery(env, args, profile);
    const keptEvents = delivery.environment.names.eventLogGroup;
    const evidence = await collect(clients, delivery, { execution, keptEvents });
    const answer = judge(catalogue(), evidence);
    const { deployment, execution: found } = evidence;
    const ids = { execution: found?.pipelineExecutionId, deployment: deployment?.deploymentId };
    const subject = [
      `${delivery.service.name} in ${delivery.environment.name}`,
      ids.execution && `execution ${ids.execution}`,
      ids.deployment && `deployment ${ids.deployment}`,
    ].filter(Boolean);
    ui.result(answerText(answer, subject.join(", ")), { ...ids, ...answer });
  },
});
