import { grantsOf, isAllowed, sidOf, type Answered } from "../check/answers";
import type { StalePlace } from "../../synthesis/stale";
import type { RequiredCall } from "../request";
import type { Account } from "../sections";
import { factsIn, type Failure } from "./failures";
import { accountIn, NOT_CHECKED, shortName, type Report } from "./report";

/** Colors a text for a terminal, or leaves it as it is. */
export type Paint = (style: "bold" | "dim" | "green" | "red" | "yellow", text: string) => string;

/** Everything that is wrong, then the verdict with its numbers. */
export function summaryText(report: Report, paint: Paint): string {
  const { boundaries, configured, counts, failures, proven, sections, stale, wildcards } = report;
  const accounts = sections.flatMap((one) => one.accounts.map(({ account, name }) => `${name} ${account}`));
  const causes = failures.length + (stale.length > 0 ? 1 : 0);
  const facts = {
    "required calls": `${counts.allowed} of ${counts.required} allowed`,
    "forbidden calls": `${counts.denied} of ${counts.forbidden} denied`,
    ...(proven && {
      statements: `${counts.allowStatements} allow nothing more, ${counts.denyStatements} deny exactly what they must`,
      wildcards: `${wildcards.length}, each with a reason from AWS`,
    }),
    ...(configured.length > 0 && { "your own": configured.join("; ") }),
    accounts: [...new Set(accounts)].join(", "),
    covered: sections.map(({ title }) => title).join(", "),
    ...(boundaries.length > 0 && { boundaries: `${boundaries.join(", ")}: not evaluated` }),
    "not checked": NOT_CHECKED,
    details: "--verbose lists every call and what allows it, --html writes a page",
  };
  return [
    ...failures.map((failure) => `${failureText(failure, paint)}\n`),
    ...(stale.length > 0 ? [`${staleText(stale, paint)}\n`] : []),
    proven
      ? paint("green", "✓ proven: every required call is allowed, and nothing else")
      : paint("red", `✗ not proven: ${causes} ${causes === 1 ? "cause" : "causes"}, above`),
    ...Object.entries(facts).map(([name, value]) => `  ${paint("dim", name.padEnd(15))}  ${value}`),
  ].join("\n");
}

function failureText(failure: Failure, paint: Paint) {
  const { add, because, section, what } = failure;
  return [
    paint("red", `✗ ${section}: ${what}`),
    ...factsIn(failure).map(([name, values]) => `  ${name.padEnd(8)}  ${values.join(", ")}`),
    ...because.map((line) => `  ${paint("yellow", line)}`),
    ...add.flatMap(({ statement, to }) => [
      `  add to ${to}:`,
      JSON.stringify(statement, undefined, 2).replaceAll(/^/gm, "    "),
    ]),
  ].join("\n");
}

export const STALE = "cdktf.out is stale: run npx codeseries synth";

/** A changed configuration can differ in thousands of places. */
const MAX_PLACES = 10;

const staleText = (places: readonly StalePlace[], paint: Paint) =>
  [
    paint("red", `✗ ${STALE}`),
    ...places
      .slice(0, MAX_PLACES)
      .map(({ expected, got, path, stack }) => `  stack ${stack}: ${path}: expected ${expected}, got ${got}`),
    ...(places.length > MAX_PLACES ? [`  and ${places.length - MAX_PLACES} more`] : []),
  ].join("\n");

/** Every required call, with the statements that allow it. */
export function tableText({ sections }: Report, paint: Paint): string {
  const lines = sections.flatMap(({ accounts, stages, title }) => [
    paint("bold", title),
    ...stages.flatMap(({ calls, name }) => {
      return [`  ${paint("bold", name)}`, ...calls.map((call) => callText(call, accounts, paint))];
    }),
  ]);
  return lines.join("\n");
}

function callText(answered: Answered<RequiredCall>, accounts: readonly Account[], paint: Paint) {
  const { answers, call, holds } = answered;
  const { owner, principal, purpose, resource } = call;
  const from = accountIn(accounts, call)?.name ?? owner;
  const actions = answers.map(({ decision, request }) =>
    isAllowed(decision) ? request.action : paint("red", `✗ ${request.action}`),
  );
  const statements = answers.flatMap(({ decision }) =>
    grantsOf(decision).map((grant) => {
      const { kind, name } = grant.policy;
      return `${sidOf(grant)} (${kind === "identity" ? name : kind})`;
    }),
  );
  const none = holds ? "policies outside the system" : "no statement";
  return [
    `    ${holds ? paint("green", "✓") : paint("red", "✗")} ${shortName(principal)} (${from}): ${purpose}`,
    `        ${actions.join(", ")}`,
    `        ${paint("dim", "on")} ${shortName(resource)}`,
    `        ${paint("dim", "allowed by")} ${[...new Set(statements)].join(", ") || none}`,
  ].join("\n");
}
