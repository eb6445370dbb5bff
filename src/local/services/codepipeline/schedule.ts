import { currentStage, type Execution } from "./execution";
import type { Transition } from "./pipeline";

/** What must happen to an execution between two stages. */
export type Decision =
  | { readonly id: string; readonly enter: string }
  | { readonly id: string; readonly supersededBy: string };

/** Whether a stage can be entered from the one before it. */
function isOpen(execution: Execution, stage: string, disabled: readonly Transition[]): boolean {
  const names = execution.pipeline.stages?.map(({ name }) => name) ?? [];
  const before = names[names.indexOf(stage) - 1];
  return !disabled.some(
    ({ stageName, transitionType }) => stageName === (transitionType === "Inbound" ? stage : before),
  );
}

/**
 * Decides which executions enter a stage, and which are superseded while they wait for one.
 *
 * In mode SUPERSEDED one execution is in a stage at a time; of those that wait for it the newest stays. In mode
 * QUEUED the oldest enters first. In mode PARALLEL executions do not wait for each other.
 *
 * @param executions All open executions of one pipeline.
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export function decide(executions: readonly Execution[], disabled: readonly Transition[]): Decision[] {
  const byAge = [...executions].sort((one, other) => one.number - other.number);
  const held = new Set<string>();
  const waiting = new Map<string, Execution[]>();
  for (const execution of byAge) {
    const stage = currentStage(execution)?.name;
    if (stage === undefined) continue;
    if (execution.stages[stage]) held.add(stage);
    else if (execution.status === "InProgress")
      waiting.set(stage, [...(waiting.get(stage) ?? []), execution]);
  }
  return [...waiting].flatMap(([stage, queue]) => among(queue, stage, held.has(stage), disabled));
}

function among(
  queue: readonly Execution[],
  stage: string,
  held: boolean,
  disabled: readonly Transition[],
): Decision[] {
  const enter = (execution: Execution): Decision[] =>
    isOpen(execution, stage, disabled) ? [{ id: execution.pipelineExecutionId, enter: stage }] : [];
  const newest = queue.at(-1);
  const oldest = queue[0];
  if (!newest || !oldest) return [];
  if (newest.executionMode === "PARALLEL") return queue.flatMap(enter);
  if (newest.executionMode === "QUEUED") return held ? [] : enter(oldest);
  const superseded = queue
    .slice(0, -1)
    .map((one): Decision => ({ id: one.pipelineExecutionId, supersededBy: newest.pipelineExecutionId }));
  return [...superseded, ...(held ? [] : enter(newest))];
}

/** An execution after a decision. */
export function decided(execution: Execution, decision: Decision, now: number): Execution {
  if ("supersededBy" in decision)
    return {
      ...execution,
      status: "Superseded",
      statusSummary: `Superseded by execution ${decision.supersededBy}`,
    };
  const stages = { ...execution.stages, [decision.enter]: { status: "InProgress", entered: now } as const };
  return { ...execution, stages };
}
