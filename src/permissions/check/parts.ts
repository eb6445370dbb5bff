import { accountOf } from "../../system/arns";
import { listOf, type OneOrMany, type PolicyStatement } from "../read/policy-json";
import type { Request } from "../request";
import { contextOf } from "./evaluate";

/** One value of a statement. */
export interface Part {
  readonly element: (typeof ELEMENTS)[number] | "Condition";
  /** As a message names it: `Action s3:GetObject`, `Condition StringEquals aws:PrincipalAccount 123456789012`. */
  readonly name: string;
  readonly value: string;
  /** Of a condition. */
  readonly operator?: string;
  readonly key?: string;
  /** Whether it matches a request. */
  readonly isFor: (request: Request) => boolean;
}

const ELEMENTS = ["Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal"] as const;

/** Every value of a statement. */
export function partsOf(statement: PolicyStatement): Part[] {
  return [
    ...ELEMENTS.flatMap((element) =>
      valuesOf(statement[element]).map((value): Part => {
        return { element, name: `${element} ${value}`, value, isFor: matcherOf(element, value) };
      }),
    ),
    ...Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, values]) =>
        listOf(values).map((value): Part => {
          const name = `Condition ${operator} ${key} ${value}`;
          const isFor = (request: Request) =>
            listOf(contextOf(request)[key]).some((sent) => matches(value, sent));
          return { element: "Condition", name, value, operator, key, isFor };
        }),
      ),
    ),
  ];
}

const valuesOf = (given: OneOrMany | Readonly<Record<string, OneOrMany>> = []): readonly string[] =>
  typeof given === "string" || Array.isArray(given)
    ? listOf(given as OneOrMany)
    : Object.values(given as Readonly<Record<string, OneOrMany>>).flatMap(listOf);

function matcherOf(element: Part["element"], value: string): Part["isFor"] {
  if (element === "Action") return ({ action }) => matches(value, action);
  if (element === "Resource") return ({ resource }) => matches(value, resource);
  return ({ principal }) =>
    [accountOf(principal), `arn:aws:iam::${accountOf(principal)}:root`].includes(value) ||
    matches(value, principal);
}

/** Whether a value matches a pattern with `*` and `?`. IAM compares actions in any case. */
export function matches(pattern: string, value: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === value.toLowerCase();
  const literal = pattern.replaceAll(/[\\^$.+()[\]{}|]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`, "is").test(value);
}

/** Operators that also hold for a request without the key, or for every other value. */
export const HOLDS_WITHOUT = /IfExists$|^ForAllValues:|Not|^Null$/;

/** Whether a value allows more than it names. */
export const isWildcard = ({ element, operator = "", value }: Part) =>
  element.startsWith("Not") ||
  HOLDS_WITHOUT.test(operator) ||
  (/[*?]/.test(value) && !operator.endsWith("StringEquals"));
