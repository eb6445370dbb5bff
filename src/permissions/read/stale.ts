import { basename, dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parseJson } from "./json";
import { readStack } from "./stacks";
import { UnreadableError } from "./unreadable";

/** Files by their path below the output folder, such as `stacks/dev/cdk.tf.json`. */
export type Files = ReadonlyMap<string, string>;

/** A place where the output folder is not what the configuration gives. */
export interface StalePlace {
  readonly stack: string;
  /** Keys and indices, joined by dots, or the name of a file that no synthesis writes. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/**
 * Where the Terraform files of the output folder differ from a new synthesis: they were edited, or the
 * configuration was. The proof is about the new synthesis, so it holds for the folder only without differences.
 *
 * @throws UnreadableError when a stack's file is missing or is not a stack.
 */
export function stalePlaces(synthesized: Files, found: Files): StalePlace[] {
  const stray = [...found.keys()].filter((file) => !synthesized.has(file));
  return [
    ...[...synthesized].flatMap(([file, text]) => placesIn(file, text, found.get(file))),
    ...stray.map((file) => ({
      stack: stackOf(file),
      path: basename(file),
      expected: "no such file",
      got: "a file that Terraform reads",
    })),
  ];
}

const stackOf = (file: string) => basename(dirname(file));

function placesIn(file: string, expected: string, got: string | undefined): StalePlace[] {
  if (got === expected) return [];
  if (got === undefined) throw new UnreadableError(`${file}: no such file. Run codeseries synth`);
  const stack = readStack(parseJson(got, file), file);
  return differences(JSON.parse(expected), stack).map((one) => ({ stack: stackOf(file), ...one }));
}

const MAX_SHOWN = 100;

function differences(
  expected: unknown,
  got: unknown,
  path: readonly string[] = [],
): Omit<StalePlace, "stack">[] {
  if (isDeepStrictEqual(expected, got)) return [];
  if (!isObject(expected) || !isObject(got))
    return [{ path: path.join("."), expected: shown(expected), got: shown(got) }];
  const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...keys].flatMap((key) => differences(expected[key], got[key], [...path, key]));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const shown = (value: unknown) =>
  value === undefined ? "nothing" : JSON.stringify(value).slice(0, MAX_SHOWN);
