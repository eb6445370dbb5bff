import type { PolicyStatement } from "../evidence/policy-json";
import { listOf } from "../evidence/policy-json";
import type { Change } from "./statement-change";

const serviceOf = (action: string) => (action === "*" ? "*" : (action.split(":")[0] ?? ""));

/** Each action in turn becomes its service's every action, then every action; each resource any. */
export function widenings(statement: PolicyStatement): Change[] {
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
export function withoutConditions(statement: PolicyStatement): Change[] {
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
