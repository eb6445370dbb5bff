import type { TaskSet } from "@aws-sdk/client-ecs";
import type { Evidence, Production } from "../evidence";

const revisionOf = ({ taskDefinition = "" }: TaskSet) => taskDefinition.split(":").at(-1) ?? "";

function groupLine({ groups, taskSets }: Production, evidence: Evidence, [group, weight]: [string, number]) {
  const set = taskSets.find(({ id = "" }) => groups[id] === group);
  if (!set) return `${weight} % of the production traffic goes to ${group}, which has no task set`;
  const isNew = evidence.deployment !== undefined && set.externalId === evidence.deployment.deploymentId;
  const version = `revision ${revisionOf(set)} of the task definition, ${set.status ?? "no status"}`;
  const counts = `${set.runningCount ?? 0} of ${set.computedDesiredCount ?? 0} tasks run`;
  return `${weight} % of the production traffic goes to ${group}: ${version}, ${counts}${isNew ? "; this is the release" : ""}`;
}

/** Whether the listener forwards to another group than that of the PRIMARY task set. */
function splitLine({ groups, taskSets, weights }: Production): string[] {
  const primary = taskSets.find(({ status }) => status === "PRIMARY");
  const own = primary?.id === undefined ? undefined : groups[primary.id];
  const share = own === undefined ? undefined : weights[own];
  if (own === undefined || share === undefined || share === 100) return [];
  return [
    `the listener does not forward all traffic to ${own}, which is the target group of the PRIMARY task set: ` +
      "if no deployment is in progress, correct the weights before the next release",
  ];
}

/** Where production traffic goes now. */
export function productionLines(evidence: Evidence): string[] {
  const { production } = evidence;
  if (!production) return ["where the production traffic goes could not be read"];
  return [
    ...Object.entries(production.weights)
      .filter(([, weight]) => weight > 0)
      .map((one) => groupLine(production, evidence, one)),
    ...splitLine(production),
  ];
}
