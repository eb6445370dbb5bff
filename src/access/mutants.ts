import type { Policy } from "./policy";
import type { OneOrMany, PolicyJson, PolicyStatement } from "./policy-json";

/** How a policy was changed. */
export type MutationKind =
  | "statement removed"
  | "action removed"
  | "resource removed"
  | "principal removed"
  | "condition value removed"
  | "action widened"
  | "resource widened"
  | "condition removed";

/** A policy with one statement changed. */
export interface Mutant {
  readonly policy: Policy;
  /** The statement's id, or its place. */
  readonly sid: string;
  /** The statement's place, from 0. */
  readonly index: number;
  readonly statement: PolicyStatement;
  readonly kind: MutationKind;
  /** What was removed, or what a part became: `s3:GetObject`, `ecr:PutImage → ecr:*`. */
  readonly change: string;
  /** Whether fewer calls are allowed than before, or more. */
  readonly effect: "restricts" | "widens";
  /** The part of the statement that now matches other calls; of a smaller statement, all of it. */
  readonly part: "action" | "resource" | "condition" | "statement";
  readonly document: PolicyJson;
}

/** A changed statement; none: it was removed. */
interface Change extends Pick<Mutant, "kind" | "change" | "part"> {
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

const listOf = (values: OneOrMany = []): readonly string[] =>
  typeof values === "string" ? [values] : values;

function changesOf(statement: PolicyStatement): Change[] {
  return [
    { kind: "statement removed", change: "all of it", part: "statement", covers: "less" },
    ...removals(statement),
    ...principalRemovals(statement),
    ...valueRemovals(statement),
    ...(statement.Effect === "Allow" ? widenings(statement) : []),
    ...withoutConditions(statement),
  ];
}

const serviceOf = (action: string) => (action === "*" ? "*" : (action.split(":")[0] ?? ""));

/** Each action, and each resource, of several taken away in turn. */
function removals(statement: PolicyStatement): Change[] {
  return (["Action", "Resource"] as const).flatMap((part) => {
    const values = listOf(statement[part]);
    if (values.length < 2) return [];
    return values.map((value) => ({
      kind: part === "Action" ? ("action removed" as const) : ("resource removed" as const),
      change: value,
      part: "statement" as const,
      covers: "less" as const,
      statement: { ...statement, [part]: values.filter((one) => one !== value) },
    }));
  });
}

/** The mappings that are left when each value of a key that has several is taken away in turn. */
function withoutEach(mapping: Readonly<Record<string, OneOrMany>>) {
  return Object.entries(mapping).flatMap(([key, given]) => {
    const values = listOf(given);
    if (values.length < 2) return [];
    return values.map((value) => ({
      change: `${key} ${value}`,
      left: { ...mapping, [key]: values.filter((one) => one !== value) },
    }));
  });
}

/** Each principal of several taken away in turn. */
function principalRemovals(statement: PolicyStatement): Change[] {
  const { Principal: principals } = statement;
  if (principals === undefined || principals === "*") return [];
  return withoutEach(principals).map(({ change, left }) => ({
    kind: "principal removed",
    change,
    part: "statement",
    covers: "less",
    statement: { ...statement, Principal: left },
  }));
}

/** Each value of several that a condition lets through taken away in turn. */
function valueRemovals(statement: PolicyStatement): Change[] {
  const { Condition: conditions = {} } = statement;
  return Object.entries(conditions)
    .filter(([operator]) => !/Not|^Null|^ForAllValues/.test(operator))
    .flatMap(([operator, keys]) =>
      withoutEach(keys).map(({ change, left }) => ({
        kind: "condition value removed" as const,
        change: `${operator} ${change}`,
        part: "statement" as const,
        covers: "less" as const,
        statement: { ...statement, Condition: { ...conditions, [operator]: left } },
      })),
    );
}

/** Each action in turn becomes its service's every action, then every action; each resource any. */
function widenings(statement: PolicyStatement): Change[] {
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
        part: "action" as const,
        covers: "more" as const,
        statement: { ...statement, Action: swap(actions, action, wider) },
      })),
  );
  const ofResources = resources
    .filter((resource) => resource !== "*")
    .map((resource) => ({
      kind: "resource widened" as const,
      change: `${resource} → *`,
      part: "resource" as const,
      covers: "more" as const,
      statement: { ...statement, Resource: swap(resources, resource, "*") },
    }));
  return [...ofActions, ...ofResources];
}

/** Each condition in turn, and all of them at once where there are several. */
function withoutConditions(statement: PolicyStatement): Change[] {
  const { Condition: conditions = {}, ...unconditional } = statement;
  const tests = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => ({ operator, key })),
  );
  const without = (change: string, changed: PolicyStatement): Change => ({
    kind: "condition removed",
    change,
    part: "condition",
    covers: "more",
    statement: changed,
  });
  return [
    ...tests.map(({ key, operator }) => {
      const others = Object.entries(conditions[operator] ?? {}).filter(([one]) => one !== key);
      const left = Object.entries({ ...conditions, [operator]: Object.fromEntries(others) }).filter(
        ([, keys]) => Object.keys(keys).length > 0,
      );
      const kept = left.length > 0 ? { Condition: Object.fromEntries(left) } : {};
      return without(`${operator} ${key}`, { ...unconditional, ...kept });
    }),
    ...(tests.length > 1 ? [without("every condition", unconditional)] : []),
  ];
}
