import { parse } from "yaml";

/** A buildspec, as far as the runner knows it. It refuses what it does not know. */
export interface Buildspec {
  readonly version: number;
  readonly env: {
    readonly shell?: "bash" | "sh" | "/bin/sh";
    readonly variables?: Readonly<Record<string, unknown>>;
    readonly "parameter-store"?: Readonly<Record<string, string>>;
    readonly "secrets-manager"?: Readonly<Record<string, string>>;
    readonly "exported-variables"?: readonly string[];
  };
  readonly phases: Readonly<Partial<Record<PhaseName, Phase>>>;
  readonly artifacts?: Artifacts;
  readonly reports?: Readonly<Record<string, FileSet & { readonly "file-format"?: string }>>;
  readonly cache?: { readonly paths?: readonly string[] };
}

export const PHASES = ["install", "pre_build", "build", "post_build"] as const;
export type PhaseName = (typeof PHASES)[number];

export interface Phase {
  readonly "on-failure"?: "ABORT" | "CONTINUE";
  readonly "runtime-versions"?: Readonly<Record<string, unknown>>;
  readonly commands?: readonly unknown[];
  readonly finally?: readonly unknown[];
}

export interface FileSet {
  readonly files: readonly string[];
  readonly "base-directory"?: string;
  readonly "discard-paths"?: boolean | "yes" | "no";
  readonly "exclude-paths"?: readonly string[];
}

export interface Artifacts extends FileSet {
  readonly name?: string;
  readonly "secondary-artifacts"?: Readonly<Record<string, FileSet>>;
}

const FILES = ["files", "base-directory", "discard-paths", "exclude-paths", "name"];

/** The keys that may stand at a place. `*` is any key. */
const KNOWN: readonly (readonly [place: RegExp, keys: readonly string[]])[] = [
  [/^$/, ["version", "env", "phases", "artifacts", "reports", "cache"]],
  [/^env$/, ["shell", "variables", "parameter-store", "secrets-manager", "exported-variables"]],
  [/^phases$/, PHASES],
  [/^phases\.\w+$/, ["on-failure", "runtime-versions", "commands", "finally"]],
  [/^artifacts$/, [...FILES, "secondary-artifacts"]],
  [/^artifacts\.secondary-artifacts\.[^.]+$/, FILES],
  [/^reports\.[^.]+$/, [...FILES, "file-format"]],
  [/^cache$/, ["paths"]],
];

/** @throws Error with the message of CodeBuild's phase DOWNLOAD_SOURCE. */
export function parseBuildspec(text: string): Buildspec {
  const content: unknown = parse(text);
  if (!isMapping(content)) throw new Error("YAML_FILE_ERROR: the buildspec is not a mapping");
  // A number or a text: `version: 0.2` is a number.
  if (Number(content.version) !== 0.2)
    throw new Error(`YAML_FILE_ERROR: the runner knows version 0.2, got ${String(content.version)}`);
  refuseUnknown(content, []);
  const { env = {}, phases = {}, ...rest } = content;
  return { ...rest, env, phases } as Buildspec;
}

function refuseUnknown(content: Record<string, unknown>, path: readonly string[]): void {
  const known = KNOWN.find(([place]) => place.test(path.join(".")))?.[1];
  for (const [key, value] of Object.entries(content)) {
    const own = [...path, key];
    if (known && !known.includes(key)) throw new Error(`YAML_FILE_ERROR: unknown key ${own.join(".")}`);
    if (isMapping(value)) refuseUnknown(value, own);
  }
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
