import { ExitCode, Failure } from "../../errors";
import { applyReviewed, requireBucket } from "../../planning/apply";
import { createdRules, pointAtLiveGroups } from "../../planning/live-rules";
import { readRecord, recordFile } from "../../planning/record/record";
import { outdirOf } from "../paths";
import { withPlannedSystem } from "./planned-system";
import type { Ui } from "../ui";

export interface ApplyWork {
  readonly env: NodeJS.ProcessEnv;
  readonly ui: Ui;
  readonly accepted: readonly string[];
  readonly acceptState: boolean;
  /** The record of a review that a person approved. */
  readonly approved?: string;
}

/**
 * Applies what was reviewed.
 *
 * @returns the stacks that were applied, and those to review again.
 * @throws Failure if it is not what was reviewed.
 */
export function applySystem({ accepted, acceptState, approved, ...work }: ApplyWork) {
  const { ui } = work;
  // Before anything takes time.
  const record = readRecord(recordFile(outdirOf(work.env)));
  const other = approved === undefined ? undefined : readRecord(approved);
  return withPlannedSystem("apply", work, acceptState, async (planned) => {
    const { context, stacks, states, system } = planned;
    requireBucket(states, system.stateBucket);
    const { again, applied } = await applyReviewed(context, {
      ...planned,
      record,
      accepted,
      approved: other,
      onApplied: async (stack, plan) => {
        const created = createdRules(plan, stacks[stack] ?? {}, await states.of(stack));
        for (const { arn, service } of await pointAtLiveGroups(system, stack, created))
          ui.note(`${stack}: the new rule of ${service} forwards to the target group that is live: ${arn}`);
      },
    });
    const incomplete = again.map((name) => `${name}: review again, its inputs now exist`).join("\n");
    const failure =
      again.length === 0 ? undefined : new Failure(incomplete, "npx codeseries review", ExitCode.incomplete);
    return { again, applied, failure };
  });
}
