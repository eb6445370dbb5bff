import type { Entry, Signal } from "../catalogue/entry";
import type { Reading } from "./readings";
import { valuesAt } from "./values";

/** A text of AWS that an entry of the catalogue expects. */
export interface Finding {
  readonly api: string;
  readonly field: string;
  readonly text: string;
}

/** An entry whose signals were found. */
export interface Match {
  readonly entry: Entry;
  readonly findings: readonly Finding[];
  /** The groups of its patterns; `0` is the last signal's whole text. */
  readonly groups: Readonly<Record<string, string>>;
  /** How many things show it, such as tasks. */
  readonly count: number;
}

function findingIn({ api, field, pattern }: Signal, { api: of, response }: Reading) {
  if (api !== of) return undefined;
  const expression = new RegExp(pattern, "s");
  for (const text of valuesAt(response, field)) {
    const found = expression.exec(text);
    if (found) return { finding: { api, field, text }, groups: { ...found.groups, 0: text } };
  }
  return undefined;
}

type Found = NonNullable<ReturnType<typeof findingIn>>;

/** Readings of one API that show all signals of it: two signals must be found in the same task. */
function witnesses(signals: readonly Signal[], readings: readonly Reading[]): Found[][] {
  return readings.flatMap((reading) => {
    const found = signals.flatMap((signal) => findingIn(signal, reading) ?? []);
    return found.length === signals.length ? [found] : [];
  });
}

function matchAll({ signals }: Entry, readings: readonly Reading[]): Found[][] {
  const apis = [...new Set(signals.map(({ api }) => api))];
  const byApi = apis.map((api) =>
    witnesses(
      signals.filter((signal) => signal.api === api),
      readings,
    ),
  );
  return byApi.some((found) => found.length === 0) ? [] : byApi.flat();
}

/** The entry's match, if the readings have its signals. */
export function matchOf(entry: Entry, readings: readonly Reading[]): Match | undefined {
  const found =
    entry.match === "any"
      ? entry.signals.flatMap((signal) => witnesses([signal], readings))
      : matchAll(entry, readings);
  if (found.length === 0) return undefined;
  const all = found.flat();
  const findings = [...new Map(all.map(({ finding }) => [JSON.stringify(finding), finding])).values()];
  const named = all.map(({ groups }) =>
    Object.fromEntries(
      Object.entries(groups as Record<string, string | undefined>).flatMap(([name, value]) =>
        value ? [[name, value.trim()]] : [],
      ),
    ),
  );
  return { entry, findings, groups: Object.assign({}, ...named) as Match["groups"], count: found.length };
}

/** A text of AWS can be a script of many lines. */
const MAX_GROUP = 160;

function inOneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > MAX_GROUP ? `${line.slice(0, MAX_GROUP)}…` : line;
}

/** A sentence of the catalogue with the groups of a match in it, as one line. */
export const filled = (sentence: string, groups: Readonly<Record<string, string>>) =>
  sentence
    .replaceAll(/\{(\w+)(?:\|([^}]*))?\}/g, (_, name: string, otherwise?: string) => {
      const value = groups[name] ?? otherwise ?? `(no ${name} was given)`;
      return value.startsWith(" ") ? ` ${inOneLine(value)}` : inOneLine(value);
    })
    .trim();
