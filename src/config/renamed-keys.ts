import type { Path } from "./fault";

/**
 * Keys of earlier versions that have another name now: the end of their path, without a number, and the name
 * below the same service or environment.
 */
const RENAMED_KEYS: Readonly<Record<string, string>> = {
  "task.healthCheckGraceSeconds": "healthCheck.graceSeconds",
  "deployment.alarms.serverErrors": "deployment.alarms.errorPercent (a percentage of the requests)",
};

/** The name that a key of an earlier version has now; undefined for any other key. */
export function newNameOf(
  path: Path,
  renamed: Readonly<Record<string, string>> = RENAMED_KEYS,
): string | undefined {
  const key = path.join(".");
  const old = Object.keys(renamed).find((end) => key === end || key.endsWith(`.${end}`));
  return old === undefined ? undefined : renamed[old];
}
