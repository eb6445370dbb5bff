import type { Policy } from "../evidence/policy";
import type { PolicyJson, PolicyStatement } from "../evidence/policy-json";
import type { Change } from "./statement-change";
import { removals } from "./statement-removals";
import { widenings, withoutConditions } from "./statement-widenings";

/** A policy with one statement changed. */
export interface Mutant extends Pick<Change, "kind" | "change" | "part"> {
  readonly policy: Policy;
  /** The statement's id, or its place. */
  readonly sid: string;
  /** The statement's place, from 0. */
  readonly index: number;
  readonly statement: PolicyStatement;
  /** Whether fewer calls are allowed than before, or more. */
  readonly effect: "restricts" | "widens";
  readonly document: PolicyJson;
}

/** Every change of every statement of a policy. */
export function mutantsOf(policy: Policy): Mutant[] {
  const { Statement: statements } = policy.document;
  return statements.flatMap((statement, index) =>
    changesOf(statement).map(({ covers, statement: changed, ...change }) => ({
      ...change,
      policy,
      index,
      sid: statement.Sid ?? `statement ${index + 1}`,
      statement,
      effect: (covers === "less") === (statement.Effect === "Allow") ? "restricts" : "widens",
      document: {
        ...policy.document,
        Statement: statements.flatMap((one, at) => (at !== index ? [one] : changed ? [changed] : [])),
      },
    })),
  );
}

function changesOf(statement: PolicyStatement): Change[] {
  return [
    { kind: "statement removed", change: "all of it", part: "statement", covers: "less" },
    ...removals(statement),
    ...(statement.Effect === "Allow" ? widenings(statement) : []),
    ...withoutConditions(statement),
  ];
}
