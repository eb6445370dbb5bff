import { nameOf } from "../../evidence/policy";
import { groupBy } from "../../group-by";
import { remedyOf, type Fate, type MutationResult } from "../../mutations/mutations";
import type { MutationKind } from "../../mutations/statement-change";
import type { Wildcard } from "../../wildcards/wildcards";
import type { Look } from "./look";

/** Every kind of change with its kill rate, and every survivor. */
export function mutationText({ explained, fates, unexplained }: MutationResult, { paint }: Look): string {
  const kinds = [...new Set(fates.map(({ mutant }) => mutant.kind))];
  return [
    paint("bold", "mutations"),
    ...kinds.map((kind) => `  ${kind}: ${rateOf(fates, kind)}`),
    ...unexplained.map(
      (fate) => `${paint("red", `  ✗ survived: ${fateText(fate)}`)}\n    ${paint("yellow", remedyOf(fate))}`,
    ),
    ...[...groupBy(explained, ({ reason = "" }) => reason)].flatMap(([reason, own]) => [
      `  survived, as ${reason}:`,
      ...own.map((fate) => paint("dim", `    ${fateText(fate)}`)),
    ]),
  ].join("\n");
}

/** How many wildcards there are; those without a reason are failures. */
export function wildcardText(wildcards: readonly Wildcard[], { paint }: Look): string {
  const reasoned = wildcards.filter(({ reason }) => reason !== undefined);
  return `${paint("bold", "wildcards")}\n  ${reasoned.length} of ${wildcards.length} with AWS's reason`;
}

function rateOf(fates: readonly Fate[], kind: MutationKind): string {
  const own = fates.filter(({ mutant }) => mutant.kind === kind);
  return `${own.filter(({ killedBy }) => killedBy).length} of ${own.length} killed`;
}

const fateText = ({ mutant: { change, kind, policy, sid } }: Fate) =>
  `${sid} in ${nameOf(policy)}: ${kind}: ${change}`;
