import type { z } from "zod";
import { meantBy, type Check, type Fault, type Path } from "./fault";
import { lenient } from "./lenient";
import { newNameOf } from "./renamed-keys";
import { ANCHORS_PREFIX, schema, type Config } from "./schema";

const lenientSchema = lenient(schema);

type Issue = z.core.$ZodIssue;

/** The member of a union that the value fits best, by its keys. */
function likeliest(branches: readonly Issue[][]): readonly Issue[] {
  const weigh = ({ code, path }: Issue) =>
    code === "unrecognized_keys" ? 2 : path.length === 0 ? Infinity : path.length === 1 ? 1 : 0;
  const misfit = (issues: readonly Issue[]) => issues.reduce((sum, issue) => sum + weigh(issue), 0);
  return branches.reduce((best, branch) => (misfit(branch) < misfit(best) ? branch : best));
}

function faultsOf(issues: readonly Issue[], content: unknown, base: Path = []): Fault[] {
  return issues.flatMap((issue): Fault[] => {
    const path = [...base, ...(issue.path as (string | number)[])];
    const expected = issue.message;
    switch (issue.code) {
      case "unrecognized_keys":
        return issue.keys.map((key) => unknownKey([...path, key], key, expected));
      case "invalid_key":
        return [{ path, expected: issue.issues[0]?.message ?? expected, got: path.at(-1), atKey: true }];
      case "invalid_union":
        return issue.errors.length === 0
          ? [{ path, expected, got: valueAt(content, path) }]
          : faultsOf(likeliest(issue.errors), content, path);
      default:
        return [{ path, expected, got: valueAt(content, path) }];
    }
  });
}

/** A key that no section has, or has no longer. */
function unknownKey(path: Path, key: string, expected: string): Fault {
  const name = newNameOf(path);
  return { path, expected: name === undefined ? expected : `${name}, its name now`, got: key, atKey: true };
}

/** The content without the top-level keys that only hold anchors. */
function withoutAnchors(content: unknown): unknown {
  if (typeof content !== "object" || content === null || Array.isArray(content)) return content;
  return Object.fromEntries(Object.entries(content).filter(([key]) => !key.startsWith(ANCHORS_PREFIX)));
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
    content,
  );
}

const startsWith = (path: Path, start: Path) =>
  start.every((key, index) => String(path[index]) === String(key));

/** A fault that follows from another: at the same value or inside it, or about a value that holds it. */
const followsFrom = (own: readonly Fault[]) => (fault: Fault) =>
  own.some(
    ({ path }) => startsWith(fault.path, path) || (fault.atKey !== true && startsWith(path, fault.path)),
  );

/** A key that is missing only because it is misspelt: another fault asks whether it is meant. */
const isMisspelt = (own: readonly Fault[]) => (fault: Fault) =>
  fault.got === undefined &&
  own.some(
    (other) =>
      other.atKey === true &&
      other.path.length === fault.path.length &&
      startsWith(other.path, fault.path.slice(0, -1)) &&
      meantBy(other) === fault.path.at(-1),
  );

/**
 * Turns the content of a file into a configuration, or into every fault that it has.
 *
 * @param checks What only several keys together can show; they see every default filled in.
 */
export function parseConfig(
  given: unknown,
  checks: readonly Check<Config>[] = [],
): { readonly config?: Config; readonly faults: readonly Fault[] } {
  const content = withoutAnchors(given);
  const result = schema.safeParse(content);
  const all = result.success ? [] : faultsOf(result.error.issues, content);
  const subject = result.success ? result.data : (lenientSchema.parse(content) as Config);
  const across = checks.flatMap((check) => check(subject));
  const own = all.filter((fault) => !isMisspelt(all)(fault));
  const faults = [...own, ...across.filter((fault) => !followsFrom(all)(fault))];
  return result.success && faults.length === 0 ? { config: result.data, faults } : { faults };
}
