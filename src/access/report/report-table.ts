import { getBorderCharacters, table } from "table";
import { nameOf, type Policy } from "../evidence/policy";
import { grantsOf, sidOf } from "../grants";
import { groupBy } from "../group-by";
import { remedyOf, type Fate, type MutationResult } from "../mutations/mutations";
import type { MutationKind } from "../mutations/statement-change";
import type { Answered, ProvenSection } from "../proof";
import type { Hop } from "../request";
import type { Wildcard } from "../wildcards/wildcards";
import { titleOf, type WiringFault } from "../wiring/wiring-fault";
import type { Failure } from "./failure";
import { laneOf, shortName } from "./names";
import { isProven, type Report, type StackDifference } from "./report";

/** How the surroundings show text. */
export interface Look {
  /** Characters in a line. */
  readonly columns: number;
  /** Colours a text, or leaves it as it is. */
  readonly paint: (style: "bold" | "dim" | "green" | "red" | "yellow", text: string) => string;
}

/** A report for people: who may do what on what, by which statements; then what is wrong; then the sum. */
export function reportTable(report: Report, look: Look): string {
  const { differences, failures, mutations, proof, wildcards, wiring } = report;
  return [
    ...proof.sections.map((section) => sectionTable(section, look)),
    wildcardText(wildcards, look),
    ...(mutations ? [mutationText(mutations, look)] : []),
    ...failures.map((failure) => failureText(failure, look)),
    ...wiring.map((fault) => wiringText(fault, look)),
    ...(differences.length > 0 ? [differencesText(differences, look)] : []),
    summary(report, look),
  ].join("\n\n");
}

/** What the frame and the padding of a line take. */
const FRAME = 13;
const SHARES = [0.26, 0.26, 0.26, 0.22];

function sectionTable({ lanes, stages, title }: ProvenSection, { columns, paint }: Look): string {
  const rows = stages.flatMap(({ hops, name }) => [
    [paint("bold", name), "", "", ""],
    ...hops.map((hop) => rowOf(hop, lanes, paint)),
  ]);
  const accounts = lanes.map(({ account, name }) => `${name} ${account}`).join(", ");
  const widths = SHARES.map((share) => ({ width: Math.max(1, Math.floor((columns - FRAME) * share)) }));
  const text = table([["who", "may", "on", "allowed by"], ...rows], {
    border: getBorderCharacters("norc"),
    columns: widths,
  });
  return `${paint("bold", title)}  ${paint("dim", accounts)}\n${text.trimEnd()}`;
}

function rowOf(hop: Answered<Hop>, lanes: ProvenSection["lanes"], paint: Look["paint"]): string[] {
  const { owner, principal, purpose, resource } = hop.row;
  const actions = hop.calls.map(({ decision, request }) =>
    decision.result === "Allowed" ? request.action : paint("red", `✗ ${request.action}`),
  );
  return [
    `${shortName(principal)}\n${paint("dim", laneOf(lanes, principal, owner)?.name ?? "")}`,
    [paint("dim", purpose), ...actions].join("\n"),
    shortName(resource),
    statementsOf(hop).join("\n") ||
      (hop.holds ? paint("dim", "policies of others") : paint("red", "nothing")),
  ];
}

/** The statements that allow any call of a row, each once: `PushImage (permissions)`. */
const statementsOf = ({ calls }: Answered<Hop>): string[] => [
  ...new Set(
    calls.flatMap(({ decision }) =>
      grantsOf(decision).map((grant) => `${sidOf(grant)} (${placeOf(grant.policy)})`),
    ),
  ),
];

const placeOf = ({ kind, name }: Policy) => (kind === "identity" ? name : kind);

export function failureText(failure: Failure, { paint }: Look): string {
  const { account, actions, add, because, resources, roles, section, what } = failure;
  const facts = { role: roles, action: actions, resource: resources, account: [account] };
  return [
    paint("red", `✗ ${section}: ${what}`),
    ...Object.entries(facts).map(
      ([name, values]) => `  ${name.padEnd("resource".length)}  ${values.join(", ")}`,
    ),
    ...because.map((line) => `  ${paint("yellow", line)}`),
    ...add.flatMap(({ statement, to }) => [
      `  add to ${to}:`,
      JSON.stringify(statement, undefined, 2).replaceAll(/^/gm, "    "),
    ]),
  ].join("\n");
}

function wiringText(fault: WiringFault, { paint }: Look): string {
  const { expected, got } = fault;
  const title = paint("red", `✗ ${titleOf(fault)}`);
  return expected === undefined || got === undefined
    ? title
    : `${title}\n  expected  ${expected}\n  got       ${got}`;
}

/** A configuration that was changed after the synthesis differs everywhere. */
const MAX_DIFFERENCES = 10;

function differencesText(differences: readonly StackDifference[], { paint }: Look): string {
  const more = differences.length - MAX_DIFFERENCES;
  return [
    paint("red", "✗ the stacks are not what the configuration makes of them: run npm run synth"),
    ...differences
      .slice(0, MAX_DIFFERENCES)
      .flatMap(({ expected, got, path, stack }) => [
        `  stack ${stack}: ${path}`,
        `    expected  ${expected}`,
        `    got       ${got}`,
      ]),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join("\n");
}

export function mutationText({ fates, unexplained }: MutationResult, { paint }: Look): string {
  const kinds = [...new Set(fates.map(({ mutant }) => mutant.kind))];
  const explained = fates.filter(({ killedBy, reason }) => !killedBy && reason !== undefined);
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

function wildcardText(wildcards: readonly Wildcard[], { paint }: Look): string {
  const reasoned = wildcards.filter(({ reason }) => reason !== undefined);
  return `${paint("bold", "wildcards")}\n  ${reasoned.length} of ${wildcards.length} with AWS's reason`;
}

function rateOf(fates: readonly Fate[], kind: MutationKind): string {
  const own = fates.filter(({ mutant }) => mutant.kind === kind);
  return `${own.filter(({ killedBy }) => killedBy).length} of ${own.length} killed`;
}

const fateText = ({ mutant: { change, kind, policy, sid } }: Fate) =>
  `${sid} in ${nameOf(policy)}: ${kind}: ${change}`;

function summary(report: Report, { paint }: Look): string {
  const { allowed, forbidden, needed, refused } = report.counts;
  const sum = `${allowed} of ${needed} needed calls allowed, ${refused} of ${forbidden} forbidden calls refused`;
  return isProven(report) ? paint("green", `✓ proven: ${sum}`) : paint("red", `✗ not proven: ${sum}`);
}
