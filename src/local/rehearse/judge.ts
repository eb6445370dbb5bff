import type { GroupState, Snapshot } from "../watch/snapshot";
import type { Step } from "./evidence";
import { EXPECTED, type RehearsalKind } from "./kinds";

/** What a rehearsal left behind. */
export interface Outcome {
  readonly kind: RehearsalKind;
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Categories of the actions that failed: Source, Build, Deploy, Approval. */
  readonly failedActions: readonly string[];
  readonly load: {
    readonly sent: number;
    readonly failed: number;
    /** Statuses and error codes of the requests that failed, each once. */
    readonly causes: readonly string[];
  };
  readonly allowedFailures: number;
  /** Stacks whose plan is not empty. */
  readonly changedStacks: readonly string[];
}

/** The group that all production traffic goes to. */
const serving = ({ groups }: Snapshot): GroupState | undefined => groups.find(({ weight }) => weight === 100);

/** What is not as it should be; nothing if the rehearsal ended as AWS would end it. */
export function faultsOf(outcome: Outcome): string[] {
  const { after, allowedFailures, before, changedStacks, failedActions, kind, load } = outcome;
  const expected = EXPECTED[kind];
  const faults: string[] = [];
  const status = after.execution?.status ?? "none";
  if (status !== expected.execution)
    faults.push(`the execution should end as ${expected.execution}, got ${status}`);
  const wanted = expected.failedAction === undefined ? [] : [expected.failedAction];
  if (failedActions.join() !== wanted.join())
    faults.push(`${wanted.join() || "no action"} should fail, got ${failedActions.join() || "none"}`);
  const [old, now] = [serving(before)?.taskSet, serving(after)?.taskSet];
  const isNew = now?.revision !== old?.revision;
  if (now === undefined) faults.push("no task set gets all the traffic");
  else if (isNew !== (expected.serving === "new"))
    faults.push(`the ${expected.serving} version should serve, got revision ${now.revision}`);
  if (now && now.status !== "PRIMARY")
    faults.push(`the task set that serves should be PRIMARY, got ${now.status}`);
  const sets = after.groups.filter(({ taskSet }) => taskSet).length;
  if (sets !== 1) faults.push(`one task set should be left, got ${sets}`);
  if (load.failed > allowedFailures)
    faults.push(
      `at most ${allowedFailures} of ${load.sent} requests may fail, got ${load.failed}: ${load.causes.join(", ")}`,
    );
  for (const stack of changedStacks) faults.push(`the plan of ${stack} should be empty`);
  return faults;
}

/** Categories of the actions that failed. */
export const failedActions = (steps: readonly Step[]) =>
  steps.flatMap(({ category, status }) => (category !== undefined && status === "Failed" ? [category] : []));
