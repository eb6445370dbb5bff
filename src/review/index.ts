import { judge } from "./judge";
import type { Origin } from "./plan/plan";
import { readPlan } from "./plan/read";
import type { Review } from "./result";

export { markdown } from "./faces/markdown";
export { reviewHtml } from "./faces/page";
export { summary } from "./faces/summary";
export { reviewJsonSchema } from "./result";
export type { Review, StackReview } from "./result";

/** A saved plan: the name of its stack, the file with its JSON, and how it was made. */
export interface SavedPlan extends Omit<Origin, "stubbed"> {
  readonly name: string;
  readonly file: string;
}

/**
 * Reviews saved plans. It needs neither a configuration nor AWS.
 *
 * @throws InputError if a file is not a plan that can be reviewed.
 */
export const reviewPlans = (plans: readonly SavedPlan[]): Review =>
  judge(plans.map(({ file, name, ...origin }) => readPlan(name, file, origin)));
