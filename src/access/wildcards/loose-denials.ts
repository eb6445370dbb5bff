import { isDeepStrictEqual } from "node:util";
import { listOf, type PolicyStatement } from "../evidence/policy-json";
import type { Grant } from "../grants";
import { groupBy } from "../group-by";
import type { Proof } from "../proof";

/** A denying statement, and that of the same id which must be in its place, if there is one. */
export interface LooseDenial extends Grant {
  readonly expected?: PolicyStatement;
}

/**
 * Every denying statement that is not exactly one by which something must be refused: as with wildcards,
 * no call can prove that it lets nothing through.
 */
export function looseDenials({ policies, sections }: Proof): LooseDenial[] {
  const refusals = sections
    .flatMap(({ denials }) => denials)
    .flatMap(({ calls, row: { refusedBy: statement } }) =>
      statement ? calls.map(({ decision }) => ({ policy: decision.applicable.resource, statement })) : [],
    );
  const byPolicy = groupBy(refusals, ({ policy }) => policy);
  return policies.flatMap((policy) => {
    const exact = (byPolicy.get(policy) ?? []).map((refusal) => refusal.statement);
    return policy.document.Statement.flatMap((statement, index) =>
      statement.Effect === "Allow" || exact.some((one) => isSame(one, statement))
        ? []
        : [{ policy, index, statement, expected: exact.find(({ Sid }) => Sid === statement.Sid) }],
    );
  });
}

/** Whether statements say the same, however they are called and their values are ordered, or stand alone. */
const isSame = (one: PolicyStatement, other: PolicyStatement) =>
  isDeepStrictEqual(normal(one), normal(other));

const normal = ({ Action, Condition = {}, Principal = {}, Resource, ...others }: PolicyStatement) => ({
  ...others,
  Sid: undefined,
  Action: [...listOf(Action)].sort(),
  Resource: [...listOf(Resource)].sort(),
  Principal: mapped(typeof Principal === "string" ? { AWS: Principal } : Principal),
  Condition: Object.fromEntries(
    Object.entries(Condition).map(([operator, keys]) => [operator, mapped(keys)]),
  ),
});

const mapped = (values: Readonly<Record<string, string | readonly string[]>>) =>
  Object.fromEntries(Object.entries(values).map(([key, one]) => [key, [...listOf(one)].sort()]));
