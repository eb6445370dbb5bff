import { judge } from "./judge";
import { readPlan } from "./plan/read";
import type { Review } from "./result";

export { markdown } from "./faces/markdown";
export { reviewHtml } from "./faces/page";
export { summary } from "./faces/summary";
export { reviewJsonSchema } from "./result";
export type { Review, StackReview } from "./result";

/** A saved plan: the name of its stack, and the file with its JSON. */
export interface SavedPlan {
  readonly name: string;
  readonly file: string;
  /** The stacks on whose outputs, as they will be, it rests. */
  readonly restsOn?: readonly string[];
}

/**
 * Reviews saved plans. It needs neither a configuration nor AWS.
 *
 * @throws InputError if a file is not a plan that can be reviewed.
 */
export const reviewPlans = (plans: readonly SavedPlan[]): Review =>
  judge(plans.map(({ file, name, restsOn }) => readPlan(name, file, restsOn)));
