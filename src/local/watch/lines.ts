import type { GroupState, Snapshot } from "./snapshot";

/** Requests and 5xx answers a second, of each target group. */
export type Traffic = Readonly<Record<string, { readonly requests: number; readonly errors: number }>>;

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

export function trafficLine(groups: readonly GroupState[], traffic: Traffic): string {
  const sum = (of: "errors" | "requests") =>
    groups.reduce((total, { arn }) => total + (traffic[arn]?.[of] ?? 0), 0);
  return `${sum("requests")} requests/s, ${sum("errors")} errors/s`;
}
