import { getBorderCharacters, table } from "table";
import { accountOf, isRole } from "../arn";
import { isAllowed, type Answered, type AnsweredSection } from "../check/answers";
import { grantsOf, sidOf } from "../check/grants";
import type { RequiredCall } from "../request";
import type { Account } from "../sections";
import { shortName, type Report } from "./report";
import type { TerminalStyle } from "./summary";

/** Every required call, with the statements that allow it. */
export const tableText = ({ sections }: Report, style: TerminalStyle): string =>
  sections.map((section) => sectionTable(section, style)).join("\n\n");

/** Characters of a line for borders and padding, and the shares of the columns in the rest. */
const FRAME = 13;
const SHARES = [0.26, 0.26, 0.26, 0.22];

function sectionTable(
  { accounts, stages, title }: AnsweredSection,
  { columns, paint }: TerminalStyle,
): string {
  const rows = stages.flatMap(({ calls, name }) => [
    [paint("bold", name), "", "", ""],
    ...calls.map((call) => rowOf(call, accounts, paint)),
  ]);
  const names = accounts.map(({ account, name }) => `${name} ${account}`).join(", ");
  const text = table([["who", "may", "on", "allowed by"], ...rows], {
    border: getBorderCharacters("norc"),
    columns: SHARES.map((share) => ({ width: Math.max(1, Math.floor((columns - FRAME) * share)) })),
  });
  return `${paint("bold", title)}  ${paint("dim", names)}\n${text.trimEnd()}`;
}

function rowOf(
  { answers, call, holds }: Answered<RequiredCall>,
  accounts: readonly Account[],
  paint: TerminalStyle["paint"],
): string[] {
  const actions = answers.map(({ decision, request }) =>
    isAllowed(decision) ? request.action : paint("red", `✗ ${request.action}`),
  );
  const statements = new Set(
    answers.flatMap(({ decision }) =>
      grantsOf(decision).map((grant) => {
        const { kind, name } = grant.policy;
        return `${sidOf(grant)} (${kind === "identity" ? name : kind})`;
      }),
    ),
  );
  const none = holds ? paint("dim", "policies outside the system") : paint("red", "no statement");
  return [
    `${shortName(call.principal)}\n${paint("dim", accountIn(accounts, call)?.name ?? "")}`,
    [paint("dim", call.purpose), ...actions].join("\n"),
    shortName(call.resource),
    [...statements].join("\n") || none,
  ];
}

/** The account of a call's role, or of what a service acts on. */
export const accountIn = (accounts: readonly Account[], { owner, principal }: RequiredCall) =>
  accounts.find(({ account }) => account === (isRole(principal) ? accountOf(principal) : owner));
