import type { Review, StackReview } from "../result";
import type { Verdict } from "../rules/rule";
import { actionOf, basisOf, byVerdict, countOf, countsByRule, plural, WORST_FIRST, type Line } from "./lines";
import { printable } from "./printable";

/**
 * The largest comment of a pull request.
 *
 * @see https://docs.aws.amazon.com/codecommit/latest/APIReference/API_PostCommentForPullRequest.html
 */
export const COMMENT_LIMITS = { github: 65_536, codecommit: 10_240 } as const;
export type CommentHost = keyof typeof COMMENT_LIMITS;

const MANY_STACKS = 20;
const DETAILS = 5;
const LONG_NAME = 120;

const TITLES: Readonly<Record<Verdict, string>> = {
  dangerous: "Dangerous",
  look: "To look at",
  expected: "Expected: a release did it",
  safe: "Safe",
};

/** A value as code, so that nothing in it is Markdown, HTML or a mention. */
export function code(text: string, longest = LONG_NAME): string {
  const shown = printable(text, longest);
  const longestRun = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longestRun + 1);
  const space = shown === "" || /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** What happens, as text if it is plain: it can contain names of attributes. */
const sentence = (text: string) =>
  /^[\w ,.:;()'-]+$/.test(text) && !/www\.|https?:|^\d/i.test(text) ? text : code(text, 300);

/** In a cell of a table a pipe ends the cell, in code too. */
const cell = (text: string) => code(text, 60).replaceAll("|", "\\|");

const bytes = (text: string) => Buffer.byteLength(text);

/**
 * The review as a comment: the verdict and the counts by rule always, then changes until the limit, the most
 * severe first.
 */
export function markdown(review: Review, host: CommentHost = "github"): string {
  const head = [...headOf(review), ...stacksOf(review), ...rulesOf(review)].join("\n");
  const foldable = host === "github";
  let room = COMMENT_LIMITS[host] - bytes(head);
  const parts = [head];
  for (const verdict of WORST_FIRST) {
    const part = section(verdict, byVerdict(review, verdict), room, foldable);
    parts.push(part);
    room -= bytes(part) + 2;
  }
  return parts.filter((part) => part !== "").join("\n\n");
}

function headOf({ stacks, verdict }: Review): string[] {
  const changes = stacks.reduce((sum, one) => sum + one.changes.length, 0);
  const what = {
    safe: "can be applied",
    look: "look at the changes below before you apply",
    dangerous: "do not apply without knowing each dangerous change below",
  };
  return [
    `## Plan review: ${verdict}`,
    "",
    `${plural(changes, "change")} in ${plural(stacks.length, "stack")}: ${what[verdict]}.`,
  ];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [
  "",
  ...[head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`),
];

function stacksOf({ stacks }: Review): string[] {
  const severity = ({ verdict }: StackReview) => WORST_FIRST.indexOf(verdict);
  const sorted = [...stacks].sort((one, other) => severity(one) - severity(other));
  const rows = sorted.slice(0, MANY_STACKS).map((stack) => {
    const basis = basisOf(stack);
    const name = basis === undefined ? cell(stack.name) : `${cell(stack.name)} (${sentence(basis)})`;
    return [name, stack.verdict, ...WORST_FIRST.map((verdict) => String(countOf(stack, verdict)))];
  });
  const more = stacks.length - MANY_STACKS;
  return [
    ...table(["stack", "verdict", ...WORST_FIRST], rows),
    ...(more > 0 ? ["", `and ${plural(more, "more stack")}`] : []),
  ];
}

function rulesOf(review: Review): string[] {
  const rows = countsByRule(review).map(({ count, rule, verdict }) => [rule, verdict, String(count)]);
  return rows.length === 0 ? [] : table(["rule", "verdict", "changes"], rows);
}

/** The changes with a verdict, as many as there is room for. Folded, if a reader need not see them. */
function section(verdict: Verdict, lines: readonly Line[], room: number, foldable: boolean): string {
  if (lines.length === 0) return "";
  const folded = foldable && verdict !== "dangerous";
  const title = `${TITLES[verdict]} (${lines.length})`;
  const [start, end] = folded
    ? [`<details><summary>${title}</summary>\n\n`, "\n\n</details>"]
    : [`### ${title}\n\n`, ""];
  const more = (count: number) => `- and ${count} more: see \`codeseries review --json\``;
  let left = room - bytes(start) - bytes(end) - bytes(more(lines.length)) - 4;
  const items: string[] = [];
  for (const line of lines) {
    const item = itemOf(line);
    if (bytes(item) + 1 > left) break;
    left -= bytes(item) + 1;
    items.push(item);
  }
  const rest = lines.length - items.length;
  if (items.length === 0 && left < 0) return "";
  return `${start}${[...items, ...(rest > 0 ? [more(rest)] : [])].join("\n")}${end}`;
}

function itemOf({ change, stack }: Line): string {
  const { address, details, rule, why } = change;
  const more = details.length - DETAILS;
  return [
    `- ${code(address)} in ${code(stack, 60)}, ${actionOf(change)}: ${sentence(why)} (${rule})`,
    ...details.slice(0, DETAILS).map((detail) => `  - ${code(detail, 300)}`),
    ...(more > 0 ? [`  - and ${more} more`] : []),
  ].join("\n");
}
