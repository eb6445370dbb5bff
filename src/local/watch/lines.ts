import type { TrafficOf } from "../services/elb/metrics/traffic-file";
import type { GroupState, Snapshot } from "./snapshot";

const stagesLine = ({ stages }: Snapshot) =>
  stages.map(({ name, status = "-" }) => `${name} ${status}`).join(" > ");

function groupLine({ healthy, name, targets, taskSet, weight }: GroupState): string {
  const share = `${String(weight).padStart(3)} %`;
  if (!taskSet) return `${name.padEnd(5)} ${share}  no task set`;
  const { desired, revision, running, status } = taskSet;
  return `${name.padEnd(5)} ${share}  ${status.padEnd(7)} revision ${revision}, ${running} of ${desired} tasks run, ${healthy} of ${targets} targets healthy`;
}

/** The lines that tell a delivery's state; those of traffic come last and change all the time. */
export function stateLines(snapshot: Snapshot): string[] {
  const { execution, groups } = snapshot;
  const head = execution
    ? `execution ${execution.id.slice(0, 8)} ${execution.status}`
    : "no execution of the pipeline yet";
  return [head, stagesLine(snapshot), ...groups.map(groupLine)];
}

/** Requests and 5xx answers a second, of a service's target groups together. */
export function trafficLine(groups: readonly GroupState[], traffic: readonly TrafficOf[]): string {
  const own = traffic.filter(({ targetGroup }) =>
    groups.some(({ arn }) => targetGroup !== undefined && arn.endsWith(`:${targetGroup}`)),
  );
  const sum = (of: "errorsPerSecond" | "requestsPerSecond") =>
    own.reduce((total, counted) => total + counted[of], 0);
  return `${sum("requestsPerSecond")} requests/s, ${sum("errorsPerSecond")} errors/s`;
}
