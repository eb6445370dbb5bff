import type { PolicyStatement } from "../evidence/policy-json";
import { grantsOf, type Grant } from "../grants";
import { groupBy } from "../group-by";
import type { Proof } from "../proof";
import { wildcardsIn, type Found } from "./statement-wildcards";

/** A wildcard, and the statement that has it. */
export type Wildcard = Found & Grant;

/**
 * Every wildcard that allows something, with its reason: no call can prove that it lets nothing more
 * through, as nobody can ask for everything.
 */
export function wildcardsOf({ policies, sections }: Proof): Wildcard[] {
  const hops = sections.flatMap(({ stages }) => stages.flatMap((stage) => stage.hops));
  const grants = hops.flatMap(({ calls }) =>
    calls.flatMap(({ decision, request }) =>
      grantsOf(decision).map(({ statement }) => ({ statement, request })),
    ),
  );
  const needs = groupBy(grants, ({ statement }) => statement);
  const neededOf = (statement: PolicyStatement) => (needs.get(statement) ?? []).map(({ request }) => request);
  return policies.flatMap((policy) =>
    policy.document.Statement.flatMap((statement, index) =>
      statement.Effect === "Allow"
        ? wildcardsIn(statement, policy, neededOf(statement)).map((found) => ({
            ...found,
            policy,
            index,
            statement,
          }))
        : [],
    ),
  );
}
