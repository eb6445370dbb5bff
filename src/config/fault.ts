import { similar } from "./similar";

/** The place of a fault: the keys from the top of the file to it. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a configuration. */
export interface Fault {
  readonly path: Path;
  /** What would be right, as a phrase that follows "expected". */
  readonly expected: string;
  /** What the file holds there; `undefined` when the key is missing. */
  readonly got?: unknown;
  /** Whether the key itself is at fault, and not the value behind it. */
  readonly atKey?: boolean;
}

/** A check of what no single key can tell. It sees every default filled in. */
export type Check<Subject> = (subject: Subject) => readonly Fault[];

/** What is allowed in a configuration, and should be known: no command fails because of it. */
export interface Warning extends Pick<Fault, "path" | "atKey"> {
  /** What follows, and what to do. */
  readonly text: string;
}

/** Finds warnings of one kind. It sees a configuration without faults. */
export type Warn<Subject> = (subject: Subject) => readonly Warning[];

const MAX_SHOWN_LENGTH = 120;

/** The value as a user wrote it, cut to one readable line. */
function show(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN_LENGTH
    ? `${text.slice(0, MAX_SHOWN_LENGTH)}… (${text.length} characters)`
    : text;
}

/** `environments.dev.account`, with a number for the place in a list. */
export function showPath(path: Path): string {
  return path.length === 0 ? "(the whole file)" : path.join(".");
}

/** The choices that the phrase `one of a, b, c` or `one of the keys a, b, c` lists. */
const choicesIn = (expected: string) => /^one of (?:the keys )?(.+)$/.exec(expected)?.[1]?.split(", ") ?? [];

/** The choice that the word in the file is like, of a fault that lists choices. */
export function meantBy({ expected, got }: Fault): string | undefined {
  const isWord = typeof got === "string" && /^[\w.-]+$/.test(got);
  return isWord ? similar(got, choicesIn(expected)) : undefined;
}

/** `environments.dev.account: expected one of shared, dev, got "dve"; did you mean dev?`. */
export function showFault(fault: Fault): string {
  const { expected, got, path } = fault;
  const meant = meantBy(fault);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  return `${showPath(path)}: expected ${expected}, got ${show(got)}${hint}`;
}
