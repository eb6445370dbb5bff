import type { Evidence } from "../evidence";

/** A process that was told to end gives these codes: its container ended because another had. */
const TOLD_TO_END = [137, 143];

/** The containers of the stopped tasks that ended first, as far as their exit codes tell. */
function exited({ tasks }: Evidence) {
  const ended = tasks.flatMap(({ containers = [] }) => {
    const all = containers.filter(({ exitCode }) => exitCode !== undefined);
    const own = all.filter(({ exitCode = 0 }) => exitCode !== 0 && !TOLD_TO_END.includes(exitCode));
    return own.length > 0 ? own : all;
  });
  return {
    names: [...new Set(ended.flatMap(({ name }) => name ?? []))],
    codes: [...new Set(ended.flatMap(({ exitCode }) => exitCode ?? []))],
  };
}

/** The lifecycle event in which a deployment failed. */
export const failedEvent = ({ target }: Evidence) =>
  target?.lifecycleEvents?.find(({ status }) => status === "Failed")?.lifecycleEventName;

/** What a sentence of the catalogue can name in addition to the groups of its patterns. */
export function detailsOf(evidence: Evidence): Readonly<Record<string, string>> {
  const { codes, names } = exited(evidence);
  const hook = failedEvent(evidence);
  const { deployment, rollback } = evidence;
  return {
    ...(names.length > 0 && { container: names.join(" or ") }),
    ...(codes.length > 0 && { exit: ` with the exit code ${codes.join(" or ")}` }),
    ...(hook !== undefined && { hook }),
    ...(deployment?.deploymentId !== undefined && { bad: deployment.deploymentId }),
    ...(rollback?.status !== undefined && { rolledBack: ` (${rollback.status})` }),
  };
}
