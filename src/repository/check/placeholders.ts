import { TASK_DEFINITION_PLACEHOLDER } from "../../delivery/app-spec";
import { FILLED } from "../../delivery/build-script";
import { IMAGE_PLACEHOLDER } from "../../delivery/task-definition";
import { placeholderValuesOf } from "../../stacks/delivered";
import type { Delivery } from "../../system/system";
import type { Problem } from "./finding";

const PLACEHOLDER = /<([A-Z][A-Z0-9_]*)>/g;
/** The deploy action replaces these two. */
const OF_THE_ACTION = [IMAGE_PLACEHOLDER, TASK_DEFINITION_PLACEHOLDER];

/** Whether a value contains a placeholder, or a shell variable, whose value only the repository's buildspec knows. */
export const isUnknown = (value: unknown) =>
  typeof value === "string" && /<[A-Z][A-Z0-9_]*>|\$\{?[A-Za-z_]/.test(value);

/** A file with the values of an environment, each line in its place. */
export interface Filled {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/**
 * Fills a file's placeholders, as the build does.
 *
 * @param buildspec The text of the repository's own; undefined if the generated one builds it.
 */
export function fill(text: string, delivery: Delivery, buildspec?: string): Filled {
  const values = new Map([
    ...Object.entries(placeholderValuesOf(delivery)).filter(([name]) => isFilled(name, buildspec)),
    ...(buildspec === undefined ? [] : valuesIn(buildspec, delivery.environment.name)),
  ]);
  const problems: Problem[] = [];
  const lines = text.split("\n").map((line, index) => {
    const used = [...line.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
    // As in a scaffolded buildspec: a line whose placeholder has no value goes.
    if (used.some((name) => values.get(name) === "")) return "";
    for (const name of used)
      if (!OF_THE_ACTION.includes(`<${name}>`) && !values.has(name) && !buildspec?.includes(name))
        problems.push(withoutValue(name, index + 1, buildspec));
    const filled = line.replace(PLACEHOLDER, (whole, name: string) => values.get(name) ?? whole);
    // As envsubst does.
    const substituted = filled.replace(/\$\{(\w+)\}/g, (whole, name: string) =>
      buildspec === undefined ? whole : (values.get(name) ?? whole),
    );
    return quoteUnknown(substituted);
  });
  return { text: lines.join("\n"), problems };
}

const isFilled = (name: string, buildspec?: string) =>
  buildspec === undefined ? FILLED.some((filled) => filled === name) : buildspec.includes(name);

const withoutValue = (name: string, line: number, buildspec?: string): Problem => ({
  path: [],
  line,
  expected:
    buildspec === undefined
      ? `one of ${FILLED.map((filled) => `<${filled}>`).join(", ")}`
      : "a placeholder that the buildspec replaces",
  got: `<${name}>`,
  next: "write the value, or let the build replace it; otherwise the build or the release fails",
});

/** A placeholder without quotes would be no JSON. */
const quoteUnknown = (line: string) =>
  line.replace(/(:\s*)(<[A-Z][A-Z0-9_]*>|\$\{\w+\})(?=\s*(?:[,}\]]|$))/g, '$1"$2"');

/** What a buildspec sets for an environment: `case "${ENVIRONMENT}" in`, then `dev)` and lines such as `NAME='512'`. */
function valuesIn(buildspec: string, environment: string): [string, string][] {
  const [, cases = ""] = /case\s+"?\$\{?ENVIRONMENT\}?"?\s+in\n([^]*?)\besac\b/.exec(buildspec) ?? [];
  const own = cases.split(";;").find((part) => part.trimStart().startsWith(`${environment})`)) ?? "";
  return [...own.matchAll(/^\s*([A-Z][A-Z0-9_]*)='(.*)'\s*$/gm)].map(([, name = "", value = ""]) => [
    name,
    value.replaceAll("'\\''", "'"),
  ]);
}
