import { isAllowed, type Answered, type AnsweredSection } from "../../check/answers";
import { grantName, grantsOf, sidOf } from "../../check/grants";
import { policyName } from "../../read/policies";
import type { RequiredCall } from "../../request";
import type { Account } from "../../sections";
import { shortName } from "../report";
import { accountIn } from "../table";
import { anchor, code, json, reasonsHtml, text } from "./html";

/** The calls of a section, each in the column of its account or across two. */
export function sectionHtml({ accounts, guards, stages, title }: AnsweredSection): string {
  const requests = guards.reduce((sum, { answers }) => sum + answers.length, 0);
  return `<section id="${anchor(title)}">
<h2>${text(title)}</h2>
<div class="chain lanes-${accounts.length}">
${accounts.map(({ account, name }, index) => `<div class="lane lane-${index}"><div class="account"><b>${text(name)}</b> ${account}</div></div>`).join("\n")}
<div class="hops">
${stages.map(({ calls, name }) => `<h3>${text(name)}</h3>\n${calls.map((call) => callHtml(call, accounts)).join("\n")}`).join("\n")}
</div>
</div>
${reasonsHtml(`${requests} calls are denied. Otherwise …`, guards, ({ call, holds }) => ({
  reason: call.reason,
  about: shortName(call.principal),
  holds,
}))}
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
  return `<details class="hop at-${Math.max(from, 0)} ${direction} ${holds ? "holds" : "fails"}">
<summary><b>${text(purpose)}</b><span class="who">${text(shortName(principal))}</span><span class="to">${text(shortName(resource))}</span></summary>
<dl><dt>who</dt><dd>${code(principal)}</dd><dt>on</dt><dd>${code(resource)}</dd>${sent.length > 0 ? `<dt>with</dt><dd>${sent.join(" ")}</dd>` : ""}<dt>may</dt><dd>${actions.join(" ")}</dd></dl>
${grantsHtml({ answers, call, holds })}
</details>`;
}

function grantsHtml({ answers, holds }: Answered<RequiredCall>): string {
  const grants = answers.flatMap(({ decision }) => grantsOf(decision));
  if (grants.length === 0)
    return `<p>${holds ? "Allowed by policies outside the system." : "No statement allows it."}</p>`;
  return [...new Map(grants.map((grant) => [grantName(grant), grant])).values()]
    .map(
      (grant) =>
        `<figure><figcaption><b>${text(sidOf(grant))}</b> ${text(policyName(grant.policy))}</figcaption>${json(grant.statement)}</figure>`,
    )
    .join("");
}
