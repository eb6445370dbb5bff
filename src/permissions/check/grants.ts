import { policyName, type Policy } from "../read/policies";
import type { PolicyStatement } from "../read/policy-json";
import type { Decision } from "./evaluate";

/** A statement of a policy. */
export interface Grant {
  readonly policy: Policy;
  /** From 0. */
  readonly index: number;
  readonly statement: PolicyStatement;
}

/** How a message names a statement: by its Sid or its number. */
export const sidOf = ({ index, statement }: Grant) => statement.Sid || `statement ${index + 1}`;

/** The statement with its policy: `PushImage in policy "permissions" of arn:…`. */
export const grantName = (grant: Grant) => `${sidOf(grant)} in ${policyName(grant.policy)}`;

export type Side = "identity" | "resource";
type Matching = "allowStatements" | "denyStatements" | "unmatchedStatements";

/** What the simulator found for each statement of a side. */
export function analyzed({ analysis, applicable }: Decision, side: Side, matching: Matching) {
  const found = side === "identity" ? analysis?.identityAnalysis : analysis?.resourceAnalysis;
  return (found?.[matching] ?? []).flatMap(({ explain, policyId, statement: analyzedStatement }) => {
    const policy =
      side === "resource" ? applicable.resource : applicable.identity.find(({ name }) => name === policyId);
    const index = analyzedStatement.index() - 1;
    const statement = policy?.document.Statement[index];
    return policy && statement ? [{ grant: { policy, index, statement }, explain }] : [];
  });
}

/** The statements of a side that allow a request. */
export const grantsOn = (decision: Decision, side: Side): Grant[] =>
  analyzed(decision, side, "allowStatements").map(({ grant }) => grant);

/** The statements of both sides that allow a request. */
export const grantsOf = (decision: Decision): Grant[] => [
  ...grantsOn(decision, "identity"),
  ...grantsOn(decision, "resource"),
];

/** The statements of both sides that deny a request. */
export const denialsOf = (decision: Decision) =>
  (["identity", "resource"] as const).flatMap((side) => analyzed(decision, side, "denyStatements"));
