import { isRecord, listOf, textsOf, type Values } from "../plan/values";
import { isPositive, type Condition } from "./condition";

/** The smallest part of a statement: one principal, action and resource. */
export interface Atom {
  readonly effect: "Allow" | "Deny";
  /** Such as `AWS:arn:aws:iam::111122223333:root`; `*` for everybody; `self` in a policy of a role. */
  readonly principal: string;
  /** In lower case, as IAM ignores case. */
  readonly action: string;
  /** The action as it is written. */
  readonly written: string;
  /** Empty in a policy that has no resources, such as a trust policy. */
  readonly resource: string;
  readonly conditions: readonly Condition[];
}

/** A policy, taken apart. */
export interface Document {
  readonly atoms: readonly Atom[];
  /** Statements with NotAction, NotResource or NotPrincipal, without ids. They are compared as they are. */
  readonly opaque: readonly Opaque[];
}

export interface Opaque {
  readonly effect: "Allow" | "Deny";
  readonly json: string;
}

/** A document from its JSON text; undefined if it is none. */
export function parseDocument(text: unknown): Document | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return isRecord(json) ? documentOf(json) : undefined;
  } catch {
    return undefined;
  }
}

export function documentOf(policy: Values): Document {
  const statements = listOf(policy.Statement).filter(isRecord);
  // Only this version has variables; in the older one they are plain text.
  const version = policy.Version === "2012-10-17" ? "" : String(policy.Version);
  const isOpaque = (one: Values) =>
    ["NotAction", "NotResource", "NotPrincipal"].some((key) => key in one) ||
    (version !== "" && JSON.stringify(one).includes("${"));
  return {
    atoms: statements.filter((one) => !isOpaque(one)).flatMap(atomsOf),
    opaque: statements.filter(isOpaque).map((one) => {
      return { effect: effectOf(one), json: canonical({ ...one, Sid: undefined, version }) };
    }),
  };
}

const effectOf = ({ Effect }: Values) => (Effect === "Deny" ? "Deny" : "Allow");

function atomsOf(statement: Values): Atom[] {
  const effect = effectOf(statement);
  const principals = principalsOf(statement.Principal, effect);
  const actions = textsOf(statement.Action);
  const resources = statement.Resource === undefined ? [""] : textsOf(statement.Resource);
  const conditions = alternativesOf(conditionsOf(statement.Condition));
  return principals.flatMap((principal) =>
    actions.flatMap((written) =>
      resources.flatMap((resource) =>
        conditions.map((one) => {
          return { effect, principal, action: written.toLowerCase(), written, resource, conditions: one };
        }),
      ),
    ),
  );
}

function principalsOf(principal: unknown, effect: Atom["effect"]): readonly string[] {
  if (principal === undefined) return ["self"];
  if (!isRecord(principal)) return textsOf(principal);
  return Object.entries(principal).flatMap(([type, names]) =>
    textsOf(names).map((name) => {
      // An allow for AWS:* is one for everybody; a deny for it leaves out services.
      if (type === "AWS" && name === "*" && effect === "Allow") return "*";
      return type === "AWS" && /^\d{12}$/.test(name) ? `AWS:arn:aws:iam::${name}:root` : `${type}:${name}`;
    }),
  );
}

const conditionsOf = (condition: unknown): readonly Condition[] =>
  Object.entries(isRecord(condition) ? condition : {}).flatMap(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).map(([key, values]) => {
      return { operator, key: key.toLowerCase(), values: [...new Set(listOf(values).map(String))].sort() };
    }),
  );

/** One set of conditions for each choice of values: a statement with two values is two statements. */
function alternativesOf(conditions: readonly Condition[]): readonly (readonly Condition[])[] {
  const MANY = 64;
  return conditions.reduce<readonly (readonly Condition[])[]>(
    (sets, condition) => {
      const split = isPositive(condition.operator) && sets.length * condition.values.length <= MANY;
      const choices = split
        ? condition.values.map((value) => ({ ...condition, values: [value] }))
        : [condition];
      return sets.flatMap((set) => choices.map((choice) => [...set, choice]));
    },
    [[]],
  );
}

/** JSON with sorted keys and sorted lists: the order has no meaning in a policy. */
export function canonical(value: unknown): string {
  const sorted = (inner: unknown): unknown => {
    if (Array.isArray(inner)) {
      const items = inner
        .map(sorted)
        .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
      return items.length === 1 ? items[0] : items;
    }
    if (!isRecord(inner)) return inner;
    return Object.fromEntries(
      Object.entries(inner)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, of]) => [key, sorted(of)]),
    );
  };
  return JSON.stringify(sorted(value));
}
