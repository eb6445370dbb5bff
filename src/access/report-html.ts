import type { Failure } from "./failure";
import { grantsOf, pathOf, sidOf, type Grant } from "./grants";
import { laneOf, shortName } from "./names";
import { remedyOf, type Fate } from "./mutations";
import { nameOf } from "./policy";
import type { Answered, ProvenSection } from "./proof";
import { isProven, type Report } from "./report";
import { pageStyle } from "./report-style";
import type { Denial, Hop } from "./request";
import type { Lane } from "./sections";
import { titleOf, type WiringFault } from "./wiring-fault";

/**
 * A report as one page that needs nothing else: each chain as a picture with the accounts as lanes, each
 * hop opening to the statements that allow it. It has no script.
 */
export function reportHtml(report: Report): string {
  const { failures, mutations, proof, wiring } = report;
  const faults = [
    ...failures.map(failureCard),
    ...wiring.map(wiringCard),
    ...(mutations?.unexplained ?? []).map(survivorCard),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Who may do what</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Who may do what</h1>
${verdict(report)}
<nav aria-label="Sections">${proof.sections.map(({ title }) => `<a href="#${anchor(title)}">${text(title)}</a>`).join("")}</nav>
</header>
<main>
${faults.length > 0 ? `<section class="faults"><h2>What is wrong</h2>${faults.join("")}</section>` : ""}
${proof.sections.map(sectionHtml).join("\n")}
</main>
</body>
</html>`;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const text = (value: string) => value.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
const anchor = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
const code = (value: string) => `<code>${text(value)}</code>`;
const json = (value: unknown) => `<pre>${text(JSON.stringify(value, undefined, 2))}</pre>`;

function verdict(report: Report): string {
  const { allowed, forbidden, needed, refused } = report.counts;
  const proven = isProven(report);
  return `<p class="verdict ${proven ? "holds" : "fails"}"><strong>${proven ? "✓ proven" : "✗ not proven"}</strong>
<span>${allowed} of ${needed} needed calls allowed</span><span>${refused} of ${forbidden} forbidden calls refused</span>${mutationRate(report)}</p>`;
}

function mutationRate({ mutations }: Report): string {
  if (!mutations) return "";
  const noticed = mutations.fates.filter(({ killedBy }) => killedBy).length;
  return `<span>${noticed} of ${mutations.fates.length} mutants noticed</span>`;
}

function sectionHtml({ denials, lanes, stages, title }: ProvenSection): string {
  return `<section id="${anchor(title)}">
<h2>${text(title)}</h2>
<div class="chain lanes-${lanes.length}">
${lanes.map(({ account, name }, index) => `<div class="lane lane-${index}"><div class="account"><b>${text(name)}</b> ${account}</div></div>`).join("\n")}
<div class="hops">
${stages.map(({ hops, name }) => `<h3>${text(name)}</h3>\n${hops.map((hop) => hopHtml(hop, lanes)).join("\n")}`).join("\n")}
</div>
</div>
${denialsHtml(denials)}
</section>`;
}

function hopHtml(hop: Answered<Hop>, lanes: readonly Lane[]): string {
  const { owner, principal, purpose, resource } = hop.row;
  const from = lanes.findIndex((lane) => lane === laneOf(lanes, principal, owner));
  const to = lanes.findIndex(({ account }) => account === owner);
  const direction = from === to || from < 0 || to < 0 ? "within" : from < to ? "onward" : "back";
  return `<details class="hop at-${Math.max(from, 0)} ${direction} ${hop.holds ? "holds" : "fails"}">
<summary><b>${text(purpose)}</b><span class="who">${text(shortName(principal))}</span><span class="to">${text(shortName(resource))}</span></summary>
<dl><dt>who</dt><dd>${code(principal)}</dd><dt>on</dt><dd>${code(resource)}</dd>${contextHtml(hop.row)}<dt>may</dt><dd>${hop.calls
    .map(
      ({ decision, request }) =>
        `<span class="${decision.result === "Allowed" ? "yes" : "no"}">${text(request.action)}</span>`,
    )
    .join(" ")}</dd></dl>
${grantsHtml(hop)}
</details>`;
}

function contextHtml({ context = {} }: Hop): string {
  const keys = Object.entries(context);
  if (keys.length === 0) return "";
  return `<dt>with</dt><dd>${keys.map(([key, value]) => code(`${key} = ${[value].flat().join(", ")}`)).join(" ")}</dd>`;
}

function grantsHtml({ calls, holds }: Answered<Hop>): string {
  const grants = new Map<string, Grant>();
  for (const { decision } of calls) for (const grant of grantsOf(decision)) grants.set(pathOf(grant), grant);
  if (grants.size === 0)
    return `<p>${holds ? "Allowed by policies that are not this system's." : "No statement allows it."}</p>`;
  return [...grants.values()]
    .map(
      (grant) =>
        `<figure><figcaption><b>${text(sidOf(grant))}</b> ${text(nameOf(grant.policy))}</figcaption>${json(grant.statement)}</figure>`,
    )
    .join("");
}

/** What is refused, by what would happen if it were not. */
function denialsHtml(denials: readonly Answered<Denial>[]): string {
  const byReason = new Map<string, Answered<Denial>[]>();
  for (const denial of denials)
    byReason.set(denial.row.reason, [...(byReason.get(denial.row.reason) ?? []), denial]);
  const calls = denials.reduce((sum, denial) => sum + denial.calls.length, 0);
  const rows = [...byReason].map(([reason, rowsOfReason]) => {
    const principals = [...new Set(rowsOfReason.map(({ row }) => shortName(row.principal)))];
    const holds = rowsOfReason.every((row) => row.holds);
    return `<li class="${holds ? "holds" : "fails"}"><b>${text(reason)}</b> <span class="who">${text(principals.join(", "))}</span></li>`;
  });
  return `<details class="denials"><summary>${calls} calls are refused, or else …</summary><ul>${rows.join("")}</ul></details>`;
}

function failureCard({ account, actions, add, because, resources, roles, section, what }: Failure): string {
  const facts = Object.entries({ role: roles, action: actions, resource: resources, account: [account] });
  return `<article class="fails"><h3>${text(section)}: ${text(what)}</h3>
<dl>${facts.map(([name, values]) => `<dt>${name}</dt><dd>${values.map(code).join(" ")}</dd>`).join("")}</dl>
<ul>${because.map((line) => `<li>${text(line)}</li>`).join("")}</ul>
${add.map(({ statement, to }) => `<p>Add to ${text(to)}:</p>${json(statement)}`).join("")}</article>`;
}

/** A change that nothing noticed: the statement allows more than anything needs, or nothing asks for it. */
function survivorCard(fate: Fate): string {
  const { change, kind, policy, sid, statement } = fate.mutant;
  return `<article class="fails"><h3>${text(sid)} in ${text(nameOf(policy))}</h3>
<dl><dt>survived</dt><dd>${text(kind)}: ${code(change)}</dd></dl><p>${text(remedyOf(fate))}</p>${json(statement)}</article>`;
}

const wiringCard = (fault: WiringFault) => `<article class="fails"><h3>${text(titleOf(fault))}</h3>
<dl><dt>expected</dt><dd>${code(fault.expected ?? "nothing")}</dd><dt>got</dt><dd>${code(fault.got ?? "nothing")}</dd></dl></article>`;
