import { groupBy } from "../../group-by";
import type { MutationResult } from "../../mutations/mutations";
import type { Answered } from "../../proof";
import type { Denial } from "../../request";
import type { Wildcard } from "../../wildcards/wildcards";
import { shortName } from "../names";
import { text } from "./html";

/** What is refused, by what would happen if it were not. */
export function denialsHtml(denials: readonly Answered<Denial>[]): string {
  const calls = denials.reduce((sum, denial) => sum + denial.calls.length, 0);
  const rows = [...groupBy(denials, ({ row }) => row.reason)].map(([reason, own]) => ({
    reason,
    about: unique(own.map(({ row }) => shortName(row.principal))),
    holds: own.every((row) => row.holds),
  }));
  return listHtml(`${calls} calls are refused, or else …`, rows);
}

/** What could be narrower, by AWS's reason why it cannot. */
export function wildcardsHtml(wildcards: readonly Wildcard[]): string {
  const reasoned = wildcards.filter(({ reason }) => reason !== undefined);
  return byReason(`${reasoned.length} wildcards are needed, as …`, reasoned, ({ part }) => part);
}

/** Changes that nothing noticed, by AWS's reason why they make no difference. */
export const survivorsHtml = ({ explained }: MutationResult): string =>
  byReason(
    `${explained.length} changes make no difference, as …`,
    explained,
    ({ mutant: { change, policy, sid } }) => `${sid} of ${shortName(policy.holder)}: ${change}`,
  );

function byReason<One extends { readonly reason?: string }>(
  title: string,
  all: readonly One[],
  show: (one: One) => string,
): string {
  const rows = [...groupBy(all, ({ reason = "" }) => reason)].map(([reason, own]) => ({
    reason,
    about: unique(own.map(show)),
    holds: true,
  }));
  return listHtml(title, rows);
}

interface Row {
  readonly reason: string;
  readonly about: readonly string[];
  readonly holds: boolean;
}

const unique = (values: readonly string[]) => [...new Set(values)];

const listHtml = (title: string, rows: readonly Row[]) =>
  `<details class="reasons"><summary>${title}</summary><ul>${rows.map(rowHtml).join("")}</ul></details>`;

const rowHtml = ({ about, holds, reason }: Row) =>
  `<li class="${holds ? "holds" : "fails"}"><b>${text(reason)}</b> <span class="who">${text(about.join(", "))}</span></li>`;
