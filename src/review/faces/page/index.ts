import { escapeHtml as text, htmlPage } from "../../../html";
import type { Review, StackReview } from "../../result";
import { rules } from "../../rules";
import { basisOf, byVerdict, countsByRule, plural, WORST_FIRST } from "../lines";
import { printable } from "../printable";
import { anchor, changesHtml } from "./changes";

const WHAT_NEXT = {
  safe: "It can be applied.",
  look: "Look at the changes below before you apply.",
  dangerous: "Do not apply without knowing each dangerous change below.",
} as const;

/**
 * The review as one page without scripts or other files: the verdict, the architecture with what changes, every
 * change by stack, and the fact behind each rule.
 *
 * @param style CSS.
 * @param picture SVG of the architecture, if its stacks are synthesized.
 */
export function reviewHtml(review: Review, style: string, picture?: string): string {
  const counts = WORST_FIRST.map((verdict) => `<span>${byVerdict(review, verdict).length} ${verdict}</span>`);
  const links = review.stacks.map(
    ({ name }, index) => `<a href="#${anchor(index)}">${text(printable(name))}</a>`,
  );
  const body = `<header><h1>Plan review</h1>
<p class="verdict ${review.verdict}"><strong>${review.verdict}</strong>${counts.join("")}</p>
<p>${WHAT_NEXT[review.verdict]}</p>
<nav aria-label="Stacks">${links.join("")}<a href="#rules">rules</a></nav>
${picture === undefined ? "" : `<div class="picture" role="region" aria-label="What changes" tabindex="0">${picture}</div>`}
</header>
<main>
${review.stacks.map(stackHtml).join("\n")}
${rulesHtml(review)}
</main>`;
  return htmlPage(`Plan review: ${review.verdict}`, style, body);
}

function stackHtml(stack: StackReview, index: number): string {
  const { changes, name, verdict } = stack;
  const basis = basisOf(stack);
  return `<section id="${anchor(index)}">
<h2>${text(printable(name))}: <span class="${verdict}">${verdict}</span></h2>
${basis === undefined ? "" : `<p class="basis">${text(printable(sentence(basis, stack)))}</p>`}
${changes.length === 0 ? "<p>Nothing changes.</p>" : changesHtml(stack)}
</section>`;
}

/** What the plan rests on, and what follows. */
function sentence(basis: string, { stubbed }: StackReview): string {
  const next = stubbed ? "Review it again then" : "It is planned again, and compared, when it is applied";
  return `This stack ${stubbed ? "" : "was "}${basis}. ${next}.`;
}

/** Each rule that decided, with the fact behind it. */
function rulesHtml(review: Review): string {
  const items = countsByRule(review).map(({ count, rule, verdict }) => {
    const { fact = "", finds = "", see = "" } = rules.find(({ name }) => name === rule) ?? {};
    const source = `<a href="${text(see)}" rel="noreferrer">source</a>`;
    return `<li><b>${text(rule)}</b> (${plural(count, "change")}, ${verdict}): ${text(finds)}. <span class="about">${text(fact)}</span> ${source}</li>`;
  });
  return `<section id="rules" class="rules"><h2>Why: the rules that decided</h2><ul>${items.join("")}</ul></section>`;
}
