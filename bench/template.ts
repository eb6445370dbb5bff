import { parseString, referencesOf, type Expression, type Reference } from "./expression";
import type { Json } from "./stack-json";

/** Makes the value of an expression out of what has been built. */
export type Evaluate = (expression: Expression) => unknown;

/** A value of the synthesized JSON, ready to be made anew with real references. */
export interface Template {
  /** As code would write it: a new object each time. */
  readonly make: (evaluate: Evaluate) => unknown;
  readonly references: readonly Reference[];
}

/** Mappings whose keys are the user's own. */
const USER_MAPPINGS = ["tags"];

/** `cidr_block` as `cidrBlock`. */
export const camelCase = (key: string) =>
  key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const joinReferences = (templates: readonly Template[]) => templates.flatMap(({ references }) => references);

function stringTemplate(text: string): Template {
  const parts = parseString(text);
  const references = parts.flatMap((part) => (typeof part === "string" ? [] : referencesOf(part)));
  const [first] = parts;
  if (parts.length === 1 && typeof first === "object")
    return { make: (evaluate) => evaluate(first), references };
  const make = (evaluate: Evaluate) =>
    parts.map((part) => (typeof part === "string" ? part : String(evaluate(part)))).join("");
  return { make: references.length === 0 && parts.every(isText) ? () => text : make, references };
}

const isText = (part: unknown) => typeof part === "string";

function listTemplate(items: readonly Template[]): Template {
  return { make: (evaluate) => items.map(({ make }) => make(evaluate)), references: joinReferences(items) };
}

function objectTemplate(entries: readonly (readonly [string, Template])[]): Template {
  return {
    make: (evaluate) => Object.fromEntries(entries.map(([key, { make }]) => [key, make(evaluate)])),
    references: joinReferences(entries.map(([, template]) => template)),
  };
}

/** The template of a value, its keys as they are. */
export function plainTemplate(value: Json): Template {
  if (typeof value === "string") return stringTemplate(value);
  if (value === null || typeof value !== "object") return { make: () => value, references: [] };
  if (Array.isArray(value)) return listTemplate(value.map(plainTemplate));
  return objectTemplate(Object.entries(value).map(([key, item]) => [key, plainTemplate(item)]));
}

/** The template of a block's properties: keys in camelCase, as cdktf's classes take them. */
export function propsTemplate(value: Json): Template {
  if (value === null || typeof value !== "object") return plainTemplate(value);
  if (Array.isArray(value)) return listTemplate(value.map(propsTemplate));
  return objectTemplate(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, item]) => [
        camelCase(key),
        USER_MAPPINGS.includes(key) ? plainTemplate(item) : propsTemplate(item),
      ]),
  );
}
