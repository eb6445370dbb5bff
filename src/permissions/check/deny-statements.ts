import { isDeepStrictEqual } from "node:util";
import { groupBy } from "../group-by";
import type { Policy } from "../read/policies";
import { listOf, type OneOrMany, type PolicyStatement } from "../read/policy-json";
import type { AnsweredSection } from "./answers";
import type { Grant } from "./grants";

/** A deny statement that no guard states, and the stated one with the same Sid. */
export interface OtherDenyStatement extends Grant {
  readonly expected?: PolicyStatement;
}

/**
 * Deny statements that are not exactly as the guards state them. A forbidden call shows that it is denied,
 * but no list of calls shows that a deny statement has no gap, or does not deny too much.
 */
export function otherDenyStatements(
  policies: readonly Policy[],
  sections: readonly AnsweredSection[],
): OtherDenyStatement[] {
  const stated = sections.flatMap(({ guards }) =>
    guards.flatMap(({ answers, call: { deniedBy: statement } }) =>
      statement ? answers.map(({ decision }) => ({ policy: decision.applicable.resource, statement })) : [],
    ),
  );
  const byPolicy = groupBy(stated, ({ policy }) => policy);
  return policies.flatMap((policy) => {
    const exact = (byPolicy.get(policy) ?? []).map(({ statement }) => statement);
    return policy.document.Statement.flatMap((statement, index) =>
      statement.Effect === "Allow" || exact.some((one) => isSame(one, statement))
        ? []
        : [{ policy, index, statement, expected: exact.find(({ Sid }) => Sid === statement.Sid) }],
    );
  });
}

/** Whether two statements mean the same, whatever their Sids and the order of their values. */
const isSame = (one: PolicyStatement, other: PolicyStatement) =>
  isDeepStrictEqual(normal(one), normal(other));

const normal = ({ Action, Condition = {}, Principal = {}, Resource, ...others }: PolicyStatement) => ({
  ...others,
  Sid: undefined,
  Action: listOf(Action).toSorted(),
  Resource: listOf(Resource).toSorted(),
  Principal: typeof Principal === "string" ? { AWS: [Principal] } : sortedValues(Principal),
  Condition: Object.entries(Condition)
    .map(([operator, keys]) => [operator, sortedValues(keys)])
    .toSorted(),
});

const sortedValues = (values: Readonly<Record<string, OneOrMany>>) =>
  Object.fromEntries(Object.entries(values).map(([key, one]) => [key, listOf(one).toSorted()]));
