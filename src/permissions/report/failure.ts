import type { PolicyStatement } from "../read/policy-json";

/** One cause for which a system is not proven, with every request that fails because of it. */
export interface Failure {
  /** The delivery, the environment or the state. */
  readonly section: string;
  /** What is not possible, or what would happen. */
  readonly what: string;
  /** ARNs of roles, or names of services. */
  readonly roles: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The account of the resources. */
  readonly account: string;
  /** The policy that lacks a permission, or the statement that nearly or wrongly allows it: a reason a line. */
  readonly because: readonly string[];
  /** The statements that are missing, and the policies to add them to. */
  readonly add: readonly { readonly to: string; readonly statement: PolicyStatement }[];
}

/** Failures with the same cause as one, so that a missing statement is reported once and not for each action. */
export function mergeByCause(failures: readonly Failure[]): Failure[] {
  const byCause = new Map<string, Failure>();
  for (const failure of failures) {
    const known = byCause.get(causeOf(failure));
    byCause.set(causeOf(failure), known ? joined(known, failure) : failure);
  }
  return [...byCause.values()];
}

const allows = ({ Effect }: PolicyStatement) => Effect === "Allow";

/** Two missing allow statements that differ only in their actions have one cause. */
const causeOf = ({ account, add, because, section, what }: Failure) =>
  JSON.stringify([
    section,
    what,
    account,
    because,
    add.map(({ statement, to }) => [to, allows(statement) ? { ...statement, Action: "" } : statement]),
  ]);

function joined(one: Failure, other: Failure): Failure {
  const union = (key: "roles" | "actions" | "resources") => [...new Set([...one[key], ...other[key]])];
  const actions = union("actions");
  const Action = actions.length === 1 ? actions[0] : actions;
  return {
    ...one,
    roles: union("roles"),
    actions,
    resources: union("resources"),
    add: one.add.map(({ statement, to }) => ({
      to,
      statement: allows(statement) ? { ...statement, Action } : statement,
    })),
  };
}
