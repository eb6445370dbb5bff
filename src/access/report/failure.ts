import type { PolicyStatement } from "../evidence/policy-json";

/** What an engineer needs to mend a proof: one cause, and every call that fails by it. */
export interface Failure {
  /** The delivery, or what else was to be proven. */
  readonly section: string;
  /** What could not be done, or what would happen. */
  readonly what: string;
  /** ARNs of the roles, or services. */
  readonly roles: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The account of the resources. */
  readonly account: string;
  /** Why, one reason a line: the policy that lacks it, the statement that nearly has it, or that has too much. */
  readonly because: readonly string[];
  /** The statement that would mend it, and where. */
  readonly add: readonly { readonly to: string; readonly statement: PolicyStatement }[];
}

/** Failures of the same cause as one: an engineer adds one statement, not eight. */
export function merged(failures: readonly Failure[]): Failure[] {
  const byCause = new Map<string, Failure>();
  for (const failure of failures) {
    const known = byCause.get(causeOf(failure));
    byCause.set(causeOf(failure), known ? joined(known, failure) : failure);
  }
  return [...byCause.values()];
}

/** Of a statement that allows, the actions are what differs between calls. */
const allows = ({ Effect }: PolicyStatement) => Effect === "Allow";

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
