import type { Decision } from "./evaluate";
import { nameOf, type Policy } from "./evidence/policy";
import type { PolicyStatement } from "./evidence/policy-json";

/** A statement that had a say, and the policy that it stands in. */
export interface Grant {
  readonly policy: Policy;
  /** From 0. */
  readonly index: number;
  readonly statement: PolicyStatement;
}

/** How a person finds a statement: its id, or its place. */
export const sidOf = ({ index, statement }: Grant) =>
  statement.Sid === undefined || statement.Sid === "" ? `statement ${index + 1}` : statement.Sid;

/** The whole way to a statement. */
export const pathOf = (grant: Grant) => `${sidOf(grant)} in ${nameOf(grant.policy)}`;

type Matching = "allowStatements" | "denyStatements" | "unmatchedStatements";
type Side = "identity" | "resource";

/** What the simulator made of a statement, with the statement as its policy has it. */
export function analyzed(decision: Decision, side: Side, matching: Matching) {
  const { analysis, applicable } = decision;
  const found =
    (side === "identity" ? analysis?.identityAnalysis : analysis?.resourceAnalysis)?.[matching] ?? [];
  return found.flatMap(({ explain, policyId, statement }) => {
    const policy =
      side === "resource" ? applicable.resource : applicable.identity.find(({ name }) => name === policyId);
    const index = statement.index() - 1;
    const own = policy?.document.Statement[index];
    return policy && own ? [{ grant: { policy, index, statement: own }, explain }] : [];
  });
}

/** The statements that allow what was asked, on either side. */
export const grantsOf = (decision: Decision): Grant[] =>
  (["identity", "resource"] as const).flatMap((side) =>
    analyzed(decision, side, "allowStatements").map(({ grant }) => grant),
  );

/** The statements that deny it. */
export const denyingOf = (decision: Decision) =>
  (["identity", "resource"] as const).flatMap((side) => analyzed(decision, side, "denyStatements"));
