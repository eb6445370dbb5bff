import { nameOf } from "../../evidence/policy";
import { grantsOf, pathOf, sidOf, type Grant } from "../../grants";
import type { Answered, ProvenSection } from "../../proof";
import type { Hop } from "../../request";
import type { Lane } from "../../sections";
import { laneOf, shortName } from "../names";
import { anchor, code, json, text } from "./html";
import { denialsHtml } from "./reasons";

/** A chain as a picture: its accounts as lanes, and each hop where it happens, or across. */
export function sectionHtml({ denials, lanes, stages, title }: ProvenSection): string {
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
