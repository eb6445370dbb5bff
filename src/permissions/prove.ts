import type { System } from "../system/system";
import { answerer, requiredIn, type AnsweredSection, type Grant } from "./check/answers";
import { otherDenyStatements } from "./check/deny-statements";
import { loadSimulator } from "./check/evaluate";
import { excessIn, usesOf, type Excess } from "./check/excess";
import { wildcardsIn } from "./check/wildcards";
import { policyList, type Policies, type Policy } from "./read/policies";
import type { StalePlace } from "../synthesis/stale";
import { callFailures, denyFailures, excessFailures } from "./report/failures";
import { countsOf, type Report } from "./report/report";
import { sectionsOf } from "./sections";

/** Receives progress messages. */
export type Progress = (text: string) => void;

/**
 * Proves that every call that a system needs is allowed, and that nothing else is.
 *
 * @param stale Where the output folder is not what the policies were read from.
 * @throws UnreadableError when the simulator is not installed, or AWS would refuse a policy.
 */
export async function provePermissions(
  system: System,
  policies: Policies,
  progress: Progress = () => undefined,
  stale: readonly StalePlace[] = [],
): Promise<Report> {
  const simulate = await loadSimulator();
  const list = policyList(policies);
  const answer = answerer(list, simulate);
  const sections: AnsweredSection[] = [];
  for (const section of sectionsOf(system, policies)) {
    progress(`checking ${section.title}`);
    sections.push(await answer(section));
  }
  const uses = usesOf(requiredIn(sections).flatMap(({ answers }) => answers));
  const excess: Excess[] = [];
  for (const grant of allowStatements(list))
    excess.push(...(await excessIn(grant, uses(grant.statement), simulate)));
  const wildcards = allowStatements(list).flatMap((grant) => wildcardsIn(grant, uses(grant.statement).any));
  const failures = [
    ...sections.flatMap((section) => callFailures(section, list)),
    ...excessFailures(excess, wildcards),
    ...denyFailures(otherDenyStatements(list, sections)),
  ];
  return {
    proven: failures.length === 0 && stale.length === 0,
    sections,
    failures,
    stale,
    wildcards,
    counts: countsOf(sections, list),
  };
}

const allowStatements = (policies: readonly Policy[]): Grant[] =>
  policies.flatMap((policy) =>
    policy.document.Statement.flatMap((statement, index) =>
      statement.Effect === "Allow" ? [{ policy, index, statement }] : [],
    ),
  );
