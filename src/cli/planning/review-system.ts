import { ExitCode, UserError } from "../../errors";
import { planStacks } from "../../planning/plan-stacks";
import { writeRecord } from "../../planning/record/record";
import { reviewed } from "../../planning/review";
import { documentation } from "../../process/package-file";
import type { Review } from "../../review";
import { currentCommit, withPlannedSystem } from "./planned-system";
import type { Ui } from "../ui";

interface Work {
  readonly env: NodeJS.ProcessEnv;
  readonly ui: Ui;
}

/**
 * Plans every stack of the configuration and judges the plans. Nothing is applied.
 *
 * @returns the review, and what makes it incomplete.
 */
export const reviewSystem = (work: Work, acceptState: boolean) =>
  withPlannedSystem("review", work, acceptState, async (planned) => {
    const { context, names, outdir, stacks, unplanned } = planned;
    const plans = await planStacks(context, planned, names);
    const { record, review } = await reviewed(outdir, stacks, plans);
    writeRecord(outdir, { version: 1, commit: currentCommit(), unplanned: [...unplanned], ...record });
    return { review, incomplete: incompleteness(review, unplanned) };
  });

/** A removed stack has no plan: what it has goes on, and on the bill, without Terraform. */
function incompleteness({ verdict }: Review, unplanned: readonly string[]): UserError | undefined {
  if (unplanned.length === 0) return undefined;
  const names = unplanned.join(", ");
  return new UserError(
    `${names}: the state has resources, and the configuration no longer has the environment, so nothing plans them`,
    `to remove it, put it back, and destroy it first: ${documentation("guide/destroy.md")}`,
    verdict === "dangerous" ? ExitCode.dangerous : ExitCode.incomplete,
  );
}
