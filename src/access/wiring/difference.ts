import { isDeepStrictEqual } from "node:util";

/** In place of a value: anything, or nothing. */
export const ANY = Symbol("anything");

/** A place where a value is not what it must be. */
export interface Difference {
  /** Keys, and the names or indices of what stands in a list, joined by dots. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/**
 * The innermost places where a value is not exactly what is expected. A set stands for a list in any
 * order; a list or a mapping also for its text in JSON.
 */
export function differences(expected: unknown, got: unknown, path: readonly string[] = []): Difference[] {
  if (expected === ANY) return [];
  const value = typeof expected === "object" ? read(got) : got;
  if (expected instanceof Set && isList(value)) return inLists(inOrder([...expected]), inOrder(value), path);
  if (isList(expected) && isList(value)) return inLists(expected, value, path);
  if (isMapping(expected) && isMapping(value)) return inMappings(expected, value, path);
  return (expected ?? undefined) === (value ?? undefined)
    ? []
    : [difference(path, shown(expected), shown(value))];
}

type List = readonly unknown[];
type Mapping = Readonly<Record<string, unknown>>;

const isList = (value: unknown): value is List => Array.isArray(value);
const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !isList(value) && !(value instanceof Set);

function read(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function inMappings(expected: Mapping, got: Mapping, path: readonly string[]): Difference[] {
  const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...keys].flatMap((key) => differences(expected[key], got[key], [...path, key]));
}

/** Lists of other lengths, or of other names, differ as a whole: what follows would be compared askew. */
function inLists(expected: List, got: List, path: readonly string[]): Difference[] {
  const names = expected.map(nameOf);
  return isDeepStrictEqual(names, got.map(nameOf))
    ? expected.flatMap((one, index) => differences(one, got[index], [...path, names[index] ?? String(index)]))
    : [difference(path, shownList(expected), shownList(got))];
}

/** What an element of a list is known by: its name, or a statement's id. */
function nameOf(one: unknown): string | undefined {
  const name = isMapping(one) ? (one.name ?? one.sid) : undefined;
  return typeof name === "string" ? name : undefined;
}

const inOrder = (list: List) =>
  list
    .map((one) => ({ one, place: nameOf(one) ?? JSON.stringify(one) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ one }) => one);

const difference = (path: readonly string[], expected: string, got: string): Difference => ({
  path: path.join("."),
  expected,
  got,
});

const shownList = (list: List) => list.map((one) => nameOf(one) ?? shown(one)).join(", ") || "nothing";

const MAX_SHOWN = 200;

function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
