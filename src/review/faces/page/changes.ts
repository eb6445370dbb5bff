import { escapeHtml } from "../../../html";
import type { ChangeReview, StackReview } from "../../result";
import { actionOf, WORST_FIRST } from "../lines";
import { printable } from "../printable";

/** The longest value that is shown whole. */
const LONG = 2000;

const text = (value: string) => escapeHtml(printable(value, LONG));

/** The id of a stack's section: its name may have any character. */
export const anchor = (index: number) => `stack-${index + 1}`;

const TITLES = {
  dangerous: "Dangerous",
  look: "To look at",
  expected: "Expected: a release did it",
  safe: "Safe",
} as const;

/** The changes of a stack by verdict, the worst first. Those that a reader need not see are folded. */
export function changesHtml({ changes }: StackReview): string {
  const sections = WORST_FIRST.map((verdict) => {
    const own = changes.filter((change) => change.verdict === verdict);
    if (own.length === 0) return "";
    const open = verdict === "dangerous" || verdict === "look" ? " open" : "";
    return `<details class="changes"${open}><summary>${TITLES[verdict]} (${own.length})</summary>
${own.map(changeHtml).join("\n")}
</details>`;
  });
  return sections.join("");
}

function changeHtml(change: ChangeReview): string {
  const { address, details, rule, verdict, why } = change;
  const items = details.map((detail) => `<li>${text(detail)}</li>`).join("");
  return `<article class="${verdict}"><h3><code>${text(address)}</code> <span class="about">${text(actionOf(change))}</span></h3>
<p><b>${text(why)}</b> <span class="about">${text(rule)}</span></p>
${items === "" ? "" : `<ul>${items}</ul>`}</article>`;
}
