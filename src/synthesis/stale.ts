import { basename, dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parseJson } from "./json";
import type { StackFiles } from "./stack-files";
import { InputError } from "../errors";

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
 * @throws InputError when a stack's file is missing or is not JSON.
 */
export const stalePlaces = (synthesized: StackFiles, found: StackFiles): StalePlace[] =>
  [...new Set([...synthesized.keys(), ...found.keys()])].flatMap((file) => {
    const [expected, got] = [synthesized.get(file), found.get(file)];
    if (got === undefined) throw new InputError(`${file}: no such file. Run npx codeseries synth`);
    const stack = basename(dirname(file));
    if (expected === undefined)
      return [{ stack, path: basename(file), expected: "no such file", got: "a file that Terraform reads" }];
    if (expected === got) return [];
    return differences(JSON.parse(expected), parseJson(got, file)).map((one) => ({ stack, ...one }));
  });

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

const shown = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value).slice(0, 100));
