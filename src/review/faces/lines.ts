import type { ChangeReview, Review, StackReview } from "../result";
import { VERDICTS, type Verdict } from "../rules/rule";

/** A change, with the stack that it belongs to. */
export interface Line {
  readonly stack: string;
  readonly change: ChangeReview;
}

export const byVerdict = (review: Review, verdict: Verdict): readonly Line[] =>
  review.stacks.flatMap(({ changes, name }) =>
    changes.filter((change) => change.verdict === verdict).map((change) => ({ stack: name, change })),
  );

/** The verdicts, the worst first. */
export const WORST_FIRST: readonly Verdict[] = [...VERDICTS].reverse();

export const countOf = ({ changes }: StackReview, verdict: Verdict) =>
  changes.filter((change) => change.verdict === verdict).length;

/** How many changes each rule decided, the most severe first. */
export function countsByRule(review: Review): readonly { verdict: Verdict; rule: string; count: number }[] {
  const counts = new Map<string, { verdict: Verdict; rule: string; count: number }>();
  for (const verdict of WORST_FIRST)
    for (const { change } of byVerdict(review, verdict)) {
      const key = `${verdict} ${change.rule}`;
      const count = counts.get(key)?.count ?? 0;
      counts.set(key, { verdict, rule: change.rule, count: count + 1 });
    }
  return [...counts.values()];
}

/** What Terraform does, in one word. */
export function actionOf({ actions, drift }: ChangeReview): string {
  if (drift) return "changed outside of Terraform";
  return actions.includes("delete") && actions.includes("create") ? "replace" : actions.join(", ");
}

export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** What a plan that was made before its upstream is applied rests on; undefined if it rests on nothing. */
export function basisOf({ restsOn, stubbed }: StackReview): string | undefined {
  const stacks = restsOn.length > 0 ? restsOn.join(" and ") : "another stack";
  const are = restsOn.length > 1 ? "are" : "is";
  if (stubbed) return `rests on values that are known after ${stacks} ${are} applied`;
  return restsOn.length > 0 ? `planned on what ${stacks} will be` : undefined;
}
