import { nameOf } from "../../evidence/policy";
import { remedyOf, type Fate } from "../../mutations/mutations";
import { titleOf, type WiringFault } from "../../wiring/wiring-fault";
import type { Failure } from "../failure";
import type { Report, StackDifference } from "../report";
import { code, json, text } from "./html";

/** Everything that keeps a system from being proven, a card each. */
export function faultsHtml({ differences, failures, mutations, wiring }: Report): string {
  const cards = [
    ...failures.map(failureCard),
    ...wiring.map(wiringCard),
    ...differences.map(differenceCard),
    ...(mutations?.unexplained ?? []).map(survivorCard),
  ];
  return cards.length > 0 ? `<section class="faults"><h2>What is wrong</h2>${cards.join("")}</section>` : "";
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

const wiringCard = (fault: WiringFault) => otherwise(titleOf(fault), fault);

const differenceCard = (difference: StackDifference) =>
  otherwise(`stack ${difference.stack}: ${difference.path} is not what the configuration makes`, difference);

const otherwise = (title: string, { expected = "nothing", got = "nothing" }: Partial<StackDifference>) =>
  `<article class="fails"><h3>${text(title)}</h3>
<dl><dt>expected</dt><dd>${code(expected)}</dd><dt>got</dt><dd>${code(got)}</dd></dl></article>`;
