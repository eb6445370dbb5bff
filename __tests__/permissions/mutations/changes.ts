import { listOf, type OneOrMany, type PolicyStatement } from "../../../src/permissions/read/policy-json";

export type ChangeKind =
  | "statement removed"
  | "action removed"
  | "resource removed"
  | "principal removed"
  | "condition value removed"
  | "action widened"
  | "resource widened"
  | "condition removed"
  | "action added"
  | "resource added"
  | "principal added"
  | "condition value added";

/** One change of a statement. */
export interface Change {
  readonly kind: ChangeKind;
  /** `s3:GetObject`, `ecr:PutImage → ecr:*` */
  readonly change: string;
  /** The changed statement. @default - the statement is removed */
  readonly statement?: PolicyStatement;
  /** Whether the statement now matches fewer calls. */
  readonly matches: "fewer" | "more";
}

/** Every change of a statement that this test knows. */
export const changesOf = (statement: PolicyStatement): Change[] => [
  { kind: "statement removed", change: "all of it", matches: "fewer" },
  ...partRemovals(statement),
  ...principalRemovals(statement),
  ...valueRemovals(statement),
  ...(statement.Effect === "Allow" ? [...widenings(statement), ...additions(statement)] : []),
  ...conditionRemovals(statement),
];

function partRemovals(statement: PolicyStatement): Change[] {
  return (["Action", "Resource"] as const).flatMap((part) => {
    const values = listOf(statement[part]);
    if (values.length < 2) return [];
    return values.map((value) => ({
      kind: part === "Action" ? ("action removed" as const) : ("resource removed" as const),
      change: value,
      matches: "fewer" as const,
      statement: { ...statement, [part]: values.filter((one) => one !== value) },
    }));
  });
}

/** What is left of a mapping when one value of a key with several is removed. */
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
    matches: "fewer",
    statement: { ...statement, Principal: left },
  }));
}

/** A negated operator holds more often with a value less. */
function valueRemovals(statement: PolicyStatement): Change[] {
  const { Condition: conditions = {} } = statement;
  return Object.entries(conditions)
    .filter(([operator]) => !/^Null|^ForAllValues/.test(operator))
    .flatMap(([operator, keys]) =>
      withoutEach(keys).map(({ change, left }) => ({
        kind: "condition value removed" as const,
        change: `${operator} ${change}`,
        matches: operator.includes("Not") ? ("more" as const) : ("fewer" as const),
        statement: { ...statement, Condition: { ...conditions, [operator]: left } },
      })),
    );
}

/** Each action becomes all of its service, then all; each resource becomes any. */
function widenings(statement: PolicyStatement): Change[] {
  const replace = (part: "Action" | "Resource", value: string, by: string) => ({
    kind: part === "Action" ? ("action widened" as const) : ("resource widened" as const),
    change: `${value} → ${by}`,
    matches: "more" as const,
    statement: {
      ...statement,
      [part]: listOf(statement[part]).map((one) => (one === value ? by : one)),
    },
  });
  return [
    ...listOf(statement.Action).flatMap((action) =>
      [`${action.split(":")[0] ?? ""}:*`, "*"]
        .filter((wider) => wider !== action)
        .map((wider) => replace("Action", action, wider)),
    ),
    ...listOf(statement.Resource)
      .filter((resource) => resource !== "*")
      .map((resource) => replace("Resource", resource, "*")),
  ];
}

/** One more action of the same service, resource, principal or condition value. */
function additions(statement: PolicyStatement): Change[] {
  const { Action, Condition = {}, Principal, Resource } = statement;
  const role = "arn:aws:iam::999999999999:role/other";
  const add = (kind: ChangeKind, change: string, changed: Partial<PolicyStatement>): Change => ({
    kind,
    change,
    matches: "more",
    statement: { ...statement, ...changed },
  });
  const action = `${listOf(Action)[0]?.split(":")[0] ?? ""}:CreateAnything`;
  return [
    add("action added", action, { Action: [...listOf(Action), action] }),
    ...(Resource === undefined
      ? []
      : [add("resource added", role, { Resource: [...listOf(Resource), role] })]),
    ...Object.entries(typeof Principal === "object" ? Principal : {}).map(([type, values]) => {
      const other = type === "AWS" ? role : "lambda.amazonaws.com";
      return add("principal added", other, {
        Principal: { ...(Principal as object), [type]: [...listOf(values), other] },
      });
    }),
    ...Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({
        ...add("condition value added", `${operator} ${key}`, {
          Condition: { ...Condition, [operator]: { ...keys, [key]: [...listOf(values), role] } },
        }),
        ...(operator.includes("Not") ? { matches: "fewer" as const } : {}),
      })),
    ),
  ];
}

/** Each condition in turn, and all of several. */
function conditionRemovals(statement: PolicyStatement): Change[] {
  const { Condition: conditions = {}, ...unconditional } = statement;
  const tests = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => ({ operator, key })),
  );
  const without = (change: string, changed: PolicyStatement): Change => ({
    kind: "condition removed",
    change,
    matches: "more",
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
