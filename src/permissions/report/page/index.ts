import { escapeHtml as text, htmlPage } from "../../../html";
import type { StalePlace } from "../../../synthesis/stale";
import { factsIn, type Failure } from "../failures";
import { NOT_CHECKED, type Report } from "../report";
import { STALE } from "../summary";
import { anchor, code, facts, json, reasonsHtml, sectionHtml } from "./section";

/**
 * A report as one page without scripts or other files: the required calls between the accounts, each with the
 * statements that allow it.
 *
 * @param style CSS.
 */
export function reportHtml(report: Report, style: string): string {
  const { boundaries, counts, failures, proven, sections, stale, wildcards } = report;
  const faults = [...failures.map(failureHtml), ...(stale.length > 0 ? [staleHtml(stale)] : [])].join("");
  const reasoned = wildcards.flatMap(({ part, reason }) =>
    reason === undefined ? [] : [{ reason, about: part, holds: true }],
  );
  const links = sections.map(({ title }) => `<a href="#${anchor(title)}">${text(title)}</a>`);
  const body = `<header><h1>Who may do what</h1>
<p class="verdict ${proven ? "holds" : "fails"}"><strong>${proven ? "✓ proven" : "✗ not proven"}</strong>
<span>${counts.allowed} of ${counts.required} required calls allowed</span><span>${counts.denied} of ${counts.forbidden} forbidden calls denied</span><span>${counts.allowStatements} allow statements</span></p>
<nav aria-label="Sections">${links.join("")}</nav>
</header>
<main>
${faults === "" ? "" : `<section class="faults"><h2>What is wrong</h2>${faults}</section>`}
${sections.map(sectionHtml).join("\n")}
<section>
<h2>Why it is not tighter</h2>
${reasonsHtml(`${reasoned.length} wildcards are needed, because …`, reasoned)}
${report.configured.map((one) => `<p>Your own, of the configuration: ${text(one)}.</p>`).join("")}
<p>Not checked: ${text([NOT_CHECKED, ...boundaries].join(", "))}.</p>
</section></main>`;
  return htmlPage("Who may do what", style, body);
}

function failureHtml(failure: Failure): string {
  const { add, because, section, what } = failure;
  return `<article class="fails"><h3>${text(section)}: ${text(what)}</h3>
${facts(factsIn(failure).map(([name, values]) => [name, values.map(code).join(" ")]))}
<ul>${because.map((line) => `<li>${text(line)}</li>`).join("")}</ul>
${add.map(({ statement, to }) => `<p>Add to ${text(to)}:</p>${json(statement)}`).join("")}</article>`;
}

function staleHtml(places: readonly StalePlace[]): string {
  const lists = places.map(({ expected, got, path, stack }) =>
    facts([
      [`stack ${stack}`, code(path)],
      ["expected", code(expected)],
      ["got", code(got)],
    ]),
  );
  return `<article class="fails"><h3>${text(STALE)}</h3>${lists.join("")}</article>`;
}
