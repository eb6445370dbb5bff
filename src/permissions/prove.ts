import type { StalePlace } from "../synthesis/stale";
import type { System } from "../system/system";
import { answerer, requiredIn, type AnsweredSection } from "./check/answers";
import { configuredIn } from "./check/configured";
import { otherDenyStatements } from "./check/deny-statements";
import { loadSimulator } from "./check/simulator";
import { excessIn, usesOf, type Excess } from "./check/excess";
import { wildcardsIn } from "./check/wildcards";
import { policyList, type Policies } from "./read/policies";
import { callFailures, denyFailures, excessFailures } from "./report/failures";
import { countsOf, type Report } from "./report/report";
import { sectionsOf } from "./sections";

/**
 * Proves that every call that a system needs is allowed, and that nothing else is.
 *
 * @param stale Where the output folder is not what the policies were read from.
 * @throws InputError when the simulator is not installed, or AWS would refuse a policy.
 */
export async function provePermissions(
  system: System,
  policies: Policies,
  progress: (text: string) => void = () => undefined,
  stale: readonly StalePlace[] = [],
): Promise<Report> {
  const simulate = await loadSimulator();
  const list = policyList(policies);
  const { forGuards, isConfigured, lines, others } = configuredIn(system, policies, list);
  const answer = answerer(list, simulate, forGuards);
  const sections: AnsweredSection[] = [];
  for (const section of sectionsOf(system, policies)) {
    progress(`checking ${section.title}`);
    sections.push(await answer(section));
  }
  const required = requiredIn(sections).flatMap(({ answers }) => answers);
  const uses = usesOf(required, isConfigured);
  const allowing = others.filter(({ statement }) => statement.Effect === "Allow");
  const wildcards = allowing.flatMap((grant) => wildcardsIn(grant, uses(grant.statement).any));
  const excess: Excess[] = [];
  for (const grant of allowing) excess.push(...(await excessIn(grant, uses(grant.statement), simulate)));
  const unneeded = wildcards.filter(({ reason }) => reason === undefined);
  excess.push(...unneeded.map((one) => ({ ...one, because: "AWS does not need this wildcard" })));
  const failures = [
    ...sections.flatMap((section) => callFailures(section, list)),
    ...excessFailures(excess),
    ...denyFailures(otherDenyStatements(list, sections).filter((one) => !isConfigured(one))),
  ];
  const boundaries = [...new Set(policies.roles.flatMap(({ boundary }) => boundary ?? []))];
  const proven = failures.length === 0 && stale.length === 0;
  const counts = countsOf(sections, list);
  return { proven, counts, failures, stale, wildcards, configured: lines, boundaries, sections };
}
