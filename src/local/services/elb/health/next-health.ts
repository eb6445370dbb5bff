import type { HealthCheck } from "../table/table";
import type { Health } from "../targets/target";

/** Why a health check failed, in AWS's words; undefined for one that passed. */
export interface Failure {
  readonly reason: "Target.ResponseCodeMismatch" | "Target.Timeout" | "Target.FailedHealthChecks";
  readonly description: string;
}

export const mismatch = (status: number): Failure => ({
  reason: "Target.ResponseCodeMismatch",
  description: `Health checks failed with these codes: [${status}]`,
});

export const TIMED_OUT: Failure = { reason: "Target.Timeout", description: "Request timed out" };

export const FAILED: Failure = { reason: "Target.FailedHealthChecks", description: "Health checks failed" };

export interface Checked {
  readonly health: Health;
  /** Checks of the same result that followed each other: positive if they passed, negative if they failed. */
  readonly streak: number;
}

const HEALTHY: Health = { state: "healthy" };

/**
 * The health of a target after one more check. The first check that passes makes a new target healthy; any other
 * change takes as many checks as the thresholds say.
 *
 * @param starting Whether a target that is initial stays so, however many checks fail.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function nextHealth(
  { health, streak }: Checked,
  failure: Failure | undefined,
  { healthyThreshold, unhealthyThreshold }: Pick<HealthCheck, "healthyThreshold" | "unhealthyThreshold">,
  starting = false,
): Checked {
  if (failure) {
    const failed = Math.min(streak, 0) - 1;
    const waits = starting && health.state === "initial";
    const unhealthy = health.state === "unhealthy" || (-failed >= unhealthyThreshold && !waits);
    return { health: unhealthy ? { state: "unhealthy", ...failure } : health, streak: failed };
  }
  const passed = Math.max(streak, 0) + 1;
  const enough = health.state === "initial" ? 1 : healthyThreshold;
  return { health: passed >= enough ? HEALTHY : health, streak: passed };
}

/** Whether a person sees a difference between two. */
export const sameHealth = (one: Health, other: Health) =>
  one.state === other.state && (one.reason ?? undefined) === (other.reason ?? undefined);
