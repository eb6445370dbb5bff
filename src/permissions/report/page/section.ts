import {
  grantName,
  grantsOf,
  isAllowed,
  sidOf,
  type Answered,
  type AnsweredSection,
} from "../../check/answers";
import { groupBy } from "../../../group-by";
import { escapeHtml as text } from "../../../html";
import { policyName } from "../../read/policies";
import type { RequiredCall } from "../../request";
import type { Account } from "../../sections";
import { accountIn, shortName } from "../report";

export const code = (value: string) => `<code>${text(value)}</code>`;
export const json = (value: unknown) => `<pre>${text(JSON.stringify(value, undefined, 2))}</pre>`;

/** Names, each with its value as HTML. */
export const facts = (entries: readonly (readonly [name: string, value: string])[]) =>
  `<dl>${entries.map(([name, value]) => `<dt>${text(name)}</dt><dd>${value}</dd>`).join("")}</dl>`;

/** The id of a section, from its title. */
export const anchor = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

type Reason = { readonly reason: string; readonly about: string; readonly holds: boolean };

/** A list that opens: each reason once, with what it is about. */
export function reasonsHtml(title: string, reasons: readonly Reason[]): string {
  const rows = [...groupBy(reasons, ({ reason }) => reason)].map(([reason, own]) => {
    const about = [...new Set(own.map((one) => one.about))].join(", ");
    const state = own.every(({ holds }) => holds) ? "holds" : "fails";
    return `<li class="${state}"><b>${text(reason)}</b> <span class="who">${text(about)}</span></li>`;
  });
  return `<details class="reasons"><summary>${title}</summary><ul>${rows.join("")}</ul></details>`;
}

/** The calls of a section, each in the column of its account or across two. */
export function sectionHtml({ accounts, guards, stages, title }: AnsweredSection): string {
  const requests = guards.flatMap(({ answers }) => answers).length;
  const denied = guards.map(({ call, holds }) => ({ ...call, about: shortName(call.principal), holds }));
  const lanes = accounts.map(({ account, name }, index) => {
    return `<div class="lane lane-${index}"><div class="account"><b>${text(name)}</b> ${account}</div></div>`;
  });
  return `<section id="${anchor(title)}">
<h2>${text(title)}</h2>
<div class="chain lanes-${accounts.length}">
${lanes.join("\n")}
<div class="hops">
${stages.map(({ calls, name }) => `<h3>${text(name)}</h3>\n${calls.map((call) => callHtml(call, accounts)).join("\n")}`).join("\n")}
</div>
</div>
${reasonsHtml(`${requests} calls are denied. Otherwise …`, denied)}
</section>`;
}

function callHtml({ answers, call, holds }: Answered<RequiredCall>, accounts: readonly Account[]): string {
  const { context = {}, owner, principal, purpose, resource } = call;
  const from = accounts.findIndex((one) => one === accountIn(accounts, call));
  const to = accounts.findIndex(({ account }) => account === owner);
  const direction = from === to || from < 0 || to < 0 ? "within" : from < to ? "onward" : "back";
  const sent = Object.entries(context).map(([key, value]) => code(`${key} = ${[value].flat().join(", ")}`));
  const actions = answers.map(
    ({ decision, request }) =>
      `<span class="${isAllowed(decision) ? "yes" : "no"}">${text(request.action)}</span>`,
  );
  const grants = answers.flatMap(({ decision }) => grantsOf(decision));
  const figures = [...new Map(grants.map((grant) => [grantName(grant), grant])).values()].map(
    (grant) =>
      `<figure><figcaption><b>${text(sidOf(grant))}</b> ${text(policyName(grant.policy))}</figcaption>${json(grant.statement)}</figure>`,
  );
  const who = { who: code(principal), on: code(resource) };
  const how = { ...(sent.length > 0 && { with: sent.join(" ") }), may: actions.join(" ") };
  const none = holds ? "Allowed by policies outside the system." : "No statement allows it.";
  return `<details class="hop at-${Math.max(from, 0)} ${direction} ${holds ? "holds" : "fails"}">
<summary><b>${text(purpose)}</b><span class="who">${text(shortName(principal))}</span><span class="to">${text(shortName(resource))}</span></summary>
${facts(Object.entries({ ...who, ...how }))}
${figures.join("") || `<p>${none}</p>`}
</details>`;
}
