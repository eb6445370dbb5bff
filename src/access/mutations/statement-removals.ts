import type { OneOrMany, PolicyStatement } from "../evidence/policy-json";
import { listOf } from "../evidence/policy-json";
import type { Change } from "./statement-change";

/** What a statement is without one of several actions, resources, principals or values of a condition. */
export const removals = (statement: PolicyStatement): Change[] => [
  ...partRemovals(statement),
  ...principalRemovals(statement),
  ...valueRemovals(statement),
];

/** Each action, and each resource, of several taken away in turn. */
function partRemovals(statement: PolicyStatement): Change[] {
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

/** Each principal of several, of one type or of several, taken away in turn. */
function principalRemovals(statement: PolicyStatement): Change[] {
  const { Principal: principals } = statement;
  if (principals === undefined || typeof principals === "string") return [];
  const types = Object.entries(principals);
  const withoutType = types.map(([type, given]) => ({
    change: `${type} ${listOf(given).join(", ")}`,
    left: Object.fromEntries(types.filter(([other]) => other !== type)),
  }));
  return [...withoutEach(principals), ...(types.length > 1 ? withoutType : [])].map(({ change, left }) => ({
    kind: "principal removed",
    change,
    part: "statement",
    covers: "less",
    statement: { ...statement, Principal: left },
  }));
}

/** Each value of several that a condition knows taken away in turn: a negated one then holds more often. */
function valueRemovals(statement: PolicyStatement): Change[] {
  const { Condition: conditions = {} } = statement;
  return Object.entries(conditions)
    .filter(([operator]) => !/^Null|^ForAllValues/.test(operator))
    .flatMap(([operator, keys]) =>
      withoutEach(keys).map(({ change, left }) => ({
        kind: "condition value removed" as const,
        change: `${operator} ${change}`,
        ...(operator.includes("Not")
          ? { part: "condition" as const, covers: "more" as const }
          : { part: "statement" as const, covers: "less" as const }),
        statement: { ...statement, Condition: { ...conditions, [operator]: left } },
      })),
    );
}
