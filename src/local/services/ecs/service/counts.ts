import type { Time } from "../../../reconcile/time";
import { isWanted, type TaskDocument, type TaskSetDocument } from "../document";

/** What is to be done so that a task set has the tasks that it wants. */
export interface Difference {
  readonly start: number;
  /** ARNs of tasks. */
  readonly stop: readonly string[];
}

/** Tasks that are not running yet are stopped first, then the newest. */
export function difference(wanted: number, tasks: readonly TaskDocument[]): Difference {
  const live = tasks.filter(isWanted);
  const started = ({ startedAt }: TaskDocument) => startedAt ?? Infinity;
  const oldestFirst = [...live].sort((a, b) => started(a) - started(b) || a.createdAt - b.createdAt);
  return {
    start: Math.max(0, wanted - live.length),
    stop: oldestFirst.slice(wanted).map(({ arn }) => arn),
  };
}

/** Seconds of the first and of the longest wait after failed tasks. ECS doubles it; its figures are not published. */
const FIRST_WAIT = 5;
const LONGEST_WAIT = 300;

/** Why a task ended that shows that the next one will fail too. */
const FAILURE = /^(Cannot|ResourceInitializationError|Essential container|OutOfMemoryError|Task failed)/;

/**
 * Milliseconds since the epoch before which no task of a task set is started again. Stopped tasks are forgotten
 * after an hour, so a task set that has run for an hour begins again.
 */
export function notBefore(stopped: readonly TaskDocument[], time: Pick<Time, "scaled">): number {
  const failed = stopped.filter(
    ({ stoppedAt, stoppedReason }) => stoppedAt && FAILURE.test(stoppedReason ?? ""),
  );
  if (failed.length === 0) return 0;
  const last = Math.max(...failed.map(({ stoppedAt }) => stoppedAt ?? 0));
  const seconds = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failed.length - 1));
  return last * 1000 + time.scaled(seconds);
}

/** Failed tasks after which ECS says that a service cannot start its tasks. */
const CONSISTENT_FAILURES = 3;

export const failsConsistently = (stopped: readonly TaskDocument[]) =>
  stopped.filter(({ stoppedReason }) => FAILURE.test(stoppedReason ?? "")).length >= CONSISTENT_FAILURES;

/** The counts and the stability of a task set, from its tasks. */
export function counted(
  taskSet: TaskSetDocument,
  tasks: readonly TaskDocument[],
  isHealthy: (task: TaskDocument) => boolean,
): TaskSetDocument {
  const live = tasks.filter(isWanted);
  const running = live.filter(({ lastStatus }) => lastStatus === "RUNNING");
  const steady = running.length === taskSet.computedDesiredCount && live.length === running.length;
  return {
    ...taskSet,
    runningCount: running.length,
    pendingCount: live.length - running.length,
    stabilityStatus: steady && running.every(isHealthy) ? "STEADY_STATE" : "STABILIZING",
  };
}

/** A desired count within the limits of Application Auto Scaling. */
export const within = (desired: number, { min, max }: Readonly<Record<"min" | "max", number>>) =>
  Math.max(min, Math.min(max, desired));
