import type { Policy } from "./policy";
import type { OneOrMany, PolicyJson, PolicyStatement } from "./policy-json";

/** How a policy was changed. */
export type MutationKind =
  | "statement removed"
  | "action removed"
  | "resource removed"
  | "action widened"
  | "resource widened"
  | "condition removed";

/** A policy with one statement changed. */
export interface Mutant {
  readonly policy: Policy;
  /** The statement's id, or its place. */
  readonly sid: string;
  readonly statement: PolicyStatement;
  readonly kind: MutationKind;
  /** What was removed, or what a part became: `s3:GetObject`, `ecr:PutImage → ecr:*`. */
  readonly change: string;
  /** Whether fewer calls are allowed than before, or more. */
  readonly effect: "restricts" | "widens";
  /** The services whose calls it may change; `*` is all. */
  readonly services: readonly string[];
  readonly document: PolicyJson;
}

/** A changed statement; none: it was removed. */
interface Change extends Pick<Mutant, "kind" | "change" | "services"> {
  readonly statement?: PolicyStatement;
  /** Whether the statement now covers fewer calls. */
  readonly covers: "less" | "more";
}

/** Every change of every statement of a policy. */
export function mutantsOf(policy: Policy): Mutant[] {
  const { Statement: statements } = policy.document;
  return statements.flatMap((statement, index) =>
    changesOf(statement).map(({ covers, statement: changed, ...change }) => ({
      ...change,
      policy,
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

const listOf = (values: OneOrMany | undefined): string[] => [values ?? []].flat() as string[];

function changesOf(statement: PolicyStatement): Change[] {
  const services = [...new Set(listOf(statement.Action).map(serviceOf))];
  return [
    { kind: "statement removed", change: "all of it", services, covers: "less" },
    ...removals(statement, services),
    ...(statement.Effect === "Allow" ? widenings(statement, services) : []),
    ...withoutConditions(statement, services),
  ];
}

const serviceOf = (action: string) => (action === "*" ? "*" : (action.split(":")[0] ?? ""));

/** Each action, and each resource, of several taken away in turn. */
function removals(statement: PolicyStatement, services: readonly string[]): Change[] {
  return (["Action", "Resource"] as const).flatMap((part) => {
    const values = listOf(statement[part]);
    if (values.length < 2) return [];
    return values.map((value) => ({
      kind: part === "Action" ? ("action removed" as const) : ("resource removed" as const),
      change: value,
      services,
      covers: "less" as const,
      statement: { ...statement, [part]: values.filter((one) => one !== value) },
    }));
  });
}

/** Each action in turn becomes its service's every action, then every action; each resource any. */
function widenings(statement: PolicyStatement, services: readonly string[]): Change[] {
  const actions = listOf(statement.Action);
  const resources = listOf(statement.Resource);
  const swap = (values: readonly string[], value: string, by: string) =>
    values.map((one) => (one === value ? by : one));
  const ofActions = actions.flatMap((action) =>
    [`${serviceOf(action)}:*`, "*"]
      .filter((wider) => wider !== action)
      .map((wider) => ({
        kind: "action widened" as const,
        change: `${action} → ${wider}`,
        services: wider === "*" ? ["*"] : [serviceOf(action)],
        covers: "more" as const,
        statement: { ...statement, Action: swap(actions, action, wider) },
      })),
  );
  const ofResources = resources
    .filter((resource) => resource !== "*")
    .map((resource) => ({
      kind: "resource widened" as const,
      change: `${resource} → *`,
      services,
      covers: "more" as const,
      statement: { ...statement, Resource: swap(resources, resource, "*") },
    }));
  return [...ofActions, ...ofResources];
}

/** Each condition in turn, and all of them at once where there are several. */
function withoutConditions(statement: PolicyStatement, services: readonly string[]): Change[] {
  const { Condition: conditions = {}, ...unconditional } = statement;
  const tests = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => ({ operator, key })),
  );
  const without = (change: string, changed: PolicyStatement): Change => ({
    kind: "condition removed",
    change,
    services,
    covers: "more",
    statement: changed,
  });
  return [
    ...tests.map(({ key, operator }) => {
      const { [key]: removed, ...others } = conditions[operator] ?? {};
      const { [operator]: all, ...rest } = conditions;
      void [removed, all];
      const left = Object.keys(others).length > 0 ? { ...rest, [operator]: others } : rest;
      return without(
        `${operator} ${key}`,
        Object.keys(left).length > 0 ? { ...unconditional, Condition: left } : unconditional,
      );
    }),
    ...(tests.length > 1 ? [without("every condition", unconditional)] : []),
  ];
}
