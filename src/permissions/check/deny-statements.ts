import { isDeepStrictEqual } from "node:util";
import type { Policy } from "../read/policies";
import type { PolicyStatement } from "../read/policy-json";
import type { AnsweredSection, Grant } from "./answers";
import { partsOf } from "./parts";

/** A deny statement that no guard states, and the stated one with the same Sid. */
export interface OtherDenyStatement extends Grant {
  readonly expected?: PolicyStatement;
}

/**
 * Deny statements that are not exactly as the guards state them. A forbidden call shows that it is denied,
 * but no list of calls shows that a deny statement has no gap, or does not deny too much.
 */
export function otherDenyStatements(policies: readonly Policy[], sections: readonly AnsweredSection[]) {
  const stated = sections.flatMap(({ guards }) =>
    guards.flatMap(({ answers, call: { deniedBy: statement } }) =>
      statement
        ? answers.map(({ decision: { applicable } }) => {
            return { policy: applicable.resource ?? applicable.identity[0], statement };
          })
        : [],
    ),
  );
  return policies.flatMap((policy) => {
    const denying = policy.document.Statement.filter(({ Effect }) => Effect === "Deny");
    const exact = denying.length > 0 ? stated.filter((one) => one.policy === policy) : [];
    const others = denying.filter((statement) => !exact.some((one) => isSame(one.statement, statement)));
    return others.map((statement): OtherDenyStatement => {
      const expected = exact.find((one) => one.statement.Sid === statement.Sid)?.statement;
      return { policy, statement, expected };
    });
  });
}

/** Whether two statements mean the same, whatever their Sids and the order of their values. */
export const isSame = (one: PolicyStatement, other: PolicyStatement) =>
  isDeepStrictEqual(namesOf(one), namesOf(other));

const namesOf = (statement: PolicyStatement) =>
  partsOf(statement)
    .map(({ name }) => name)
    .toSorted();
