import { getBorderCharacters, table } from "table";
import type { Policy } from "../../evidence/policy";
import { grantsOf, sidOf } from "../../grants";
import type { Answered, ProvenSection } from "../../proof";
import type { Hop } from "../../request";
import { laneOf, shortName } from "../names";
import { isProven, type Report } from "../report";
import { faultTexts } from "./faults";
import type { Look } from "./look";
import { mutationText, wildcardText } from "./reasons";

/** A report for people: who may do what on what, by which statements; then what is wrong; then the sum. */
export function reportTable(report: Report, look: Look): string {
  const { mutations, proof, wildcards } = report;
  return [
    ...proof.sections.map((section) => sectionTable(section, look)),
    wildcardText(wildcards, look),
    ...(mutations ? [mutationText(mutations, look)] : []),
    ...faultTexts(report, look),
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

function summary(report: Report, { paint }: Look): string {
  const { allowed, forbidden, needed, refused } = report.counts;
  const sum = `${allowed} of ${needed} needed calls allowed, ${refused} of ${forbidden} forbidden calls refused`;
  return isProven(report) ? paint("green", `✓ proven: ${sum}`) : paint("red", `✗ not proven: ${sum}`);
}
