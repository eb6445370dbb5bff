import type { Review } from "../result";
import type { Verdict } from "../rules/rule";
import { actionOf, basisOf, byVerdict, countsByRule, plural, WORST_FIRST, type Line } from "./lines";
import { printable } from "./printable";

/** Colors a text for a terminal, or leaves it as it is. */
export type Paint = (style: "bold" | "dim" | "green" | "red" | "yellow", text: string) => string;

const COLORS = { dangerous: "red", look: "yellow", expected: "dim", safe: "green" } as const;

/** So many details of a change are shown. */
const DETAILS = 8;

/** For a terminal: what matters, the most severe first, then the verdict with its numbers. */
export function summary(review: Review, paint: Paint, verbose: boolean): string {
  const shown: readonly Verdict[] = verbose ? WORST_FIRST : ["dangerous", "look"];
  const lines = shown.flatMap((verdict) => byVerdict(review, verdict)).map((line) => linesOf(line, paint));
  return [...lines.flat(), ...totals(review, paint)].join("\n");
}

function linesOf({ change, stack }: Line, paint: Paint): string[] {
  const { address, details, rule, verdict, why } = change;
  const more = details.length - DETAILS;
  return [
    `${paint(COLORS[verdict], verdict)} ${printable(stack)}: ${paint("bold", printable(address))} (${actionOf(change)})`,
    `  ${printable(why)} [${rule}]`,
    ...details.slice(0, DETAILS).map((detail) => `  - ${printable(detail)}`),
    ...(more > 0 ? [`  - and ${more} more`] : []),
    "",
  ];
}

function totals(review: Review, paint: Paint): string[] {
  const counts = countsByRule(review);
  const stacks = review.stacks.map((stack) => {
    const { changes, name, verdict } = stack;
    const basis = basisOf(stack);
    const note = basis === undefined ? "" : `; ${printable(basis)}`;
    return `${printable(name)}: ${paint(COLORS[verdict], verdict)}, ${plural(changes.length, "change")}${note}`;
  });
  const numbers = WORST_FIRST.flatMap((verdict) => {
    const count = counts.filter((one) => one.verdict === verdict).reduce((sum, one) => sum + one.count, 0);
    return count > 0 ? [`${count} ${verdict}`] : [];
  });
  const verdict = paint(COLORS[review.verdict], review.verdict);
  return [...stacks, `Verdict: ${verdict} (${numbers.length > 0 ? numbers.join(", ") : "no changes"})`];
}
