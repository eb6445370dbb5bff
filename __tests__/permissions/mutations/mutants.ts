import type { PolicyJson, PolicyStatement } from "../../../src/permissions/read/policy-json";
import { changesOf, type Change } from "./changes";

/** A policy, as far as it is changed here. */
export interface ChangeablePolicy {
  readonly document: PolicyJson;
}

/** A policy with one statement changed. */
export interface Mutant<Policy extends ChangeablePolicy> extends Pick<Change, "kind" | "change"> {
  /** The policy before the change. */
  readonly original: Policy;
  readonly policy: Policy;
  /** The statement before the change. */
  readonly statement: PolicyStatement;
  /** The statement after it. @default - the statement is removed */
  readonly changed?: PolicyStatement;
  readonly effect: "restricts" | "widens";
}

/** Every change of every statement of a policy. */
export function mutantsOf<Policy extends ChangeablePolicy>(original: Policy): Mutant<Policy>[] {
  const { Statement: statements } = original.document;
  return statements.flatMap((statement, index) =>
    changesOf(statement).map(({ change, kind, matches, statement: changed }) => ({
      kind,
      change,
      original,
      statement,
      changed,
      effect: (matches === "fewer") === (statement.Effect === "Allow") ? "restricts" : "widens",
      policy: {
        ...original,
        document: {
          ...original.document,
          Statement: statements.flatMap((one, at) => (at !== index ? [one] : changed ? [changed] : [])),
        },
      },
    })),
  );
}
