import type { StalePlace } from "../read/stale";
import type { Failure } from "./failure";
import { accountsIn, NOT_CHECKED, type Report } from "./report";

/** How a terminal shows text. */
export interface TerminalStyle {
  readonly columns: number;
  /** Colors a text, or leaves it as it is. */
  readonly paint: (style: "bold" | "dim" | "green" | "red" | "yellow", text: string) => string;
}

type Paint = TerminalStyle["paint"];

/** Everything that is wrong, then the verdict with its numbers. */
export function summaryText(report: Report, { paint }: TerminalStyle): string {
  const { counts, failures, proven, sections, stale } = report;
  const accounts = accountsIn(report).map(({ account, name }) => `${name} ${account}`);
  const facts = {
    "required calls": `${counts.allowed} of ${counts.required} allowed`,
    "forbidden calls": `${counts.denied} of ${counts.forbidden} denied`,
    ...(proven && {
      statements: `${counts.allowStatements} allow statements without excess, ${counts.denyStatements} deny statements as stated`,
      wildcards: `${counts.wildcards}, each with a reason from AWS`,
    }),
    accounts: accounts.join(", "),
    covered: sections.map(({ title }) => title).join(", "),
    "not checked": NOT_CHECKED.join(", "),
    details: "--verbose for every call and what allows it, --html for a page",
  };
  const causes = failures.length + (stale.length > 0 ? 1 : 0);
  return [
    ...failures.map((failure) => `${failureText(failure, paint)}\n`),
    ...(stale.length > 0 ? [`${staleText(stale, paint)}\n`] : []),
    proven
      ? paint("green", "✓ proven: every required call is allowed, and nothing else")
      : paint("red", `✗ not proven: ${causes} ${causes === 1 ? "cause" : "causes"}, above`),
    ...Object.entries(facts).map(([name, value]) => `  ${paint("dim", name.padEnd(FACT_WIDTH))}  ${value}`),
  ].join("\n");
}

const FACT_WIDTH = "forbidden calls".length;

function failureText({ add, because, section, what, ...facts }: Failure, paint: Paint): string {
  const { account, actions, resources, roles } = facts;
  const lines = { role: roles, action: actions, resource: resources, account: [account] };
  return [
    paint("red", `✗ ${section}: ${what}`),
    ...Object.entries(lines).map(
      ([name, values]) => `  ${name.padEnd("resource".length)}  ${values.join(", ")}`,
    ),
    ...because.map((line) => `  ${paint("yellow", line)}`),
    ...add.flatMap(({ statement, to }) => [
      `  add to ${to}:`,
      JSON.stringify(statement, undefined, 2).replaceAll(/^/gm, "    "),
    ]),
  ].join("\n");
}

export const STALE = "cdktf.out is stale: run codeseries synth";

/** A changed configuration can differ in thousands of places. */
const MAX_PLACES = 10;

function staleText(places: readonly StalePlace[], paint: Paint): string {
  const more = places.length - MAX_PLACES;
  return [
    paint("red", `✗ ${STALE}`),
    ...places
      .slice(0, MAX_PLACES)
      .map(({ expected, got, path, stack }) => `  stack ${stack}: ${path}: expected ${expected}, got ${got}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join("\n");
}
