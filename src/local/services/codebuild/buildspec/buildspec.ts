import { parse } from "yaml";
import { BuildError } from "./build-error";

/**
 * A buildspec, as far as it is run here.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
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
  /** Keys that AWS has and that do nothing here, such as `phases.build.run-as`. */
  readonly ignored: readonly string[];
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

/** At each place the keys that are known, and those of AWS that do nothing here. */
const KNOWN: readonly (readonly [place: RegExp, keys: readonly string[], ignored?: readonly string[]])[] = [
  [/^$/, ["version", "env", "phases", "artifacts", "reports", "cache"], ["run-as", "proxy", "batch"]],
  [
    /^env$/,
    ["shell", "variables", "parameter-store", "secrets-manager", "exported-variables"],
    ["git-credential-helper"],
  ],
  [/^phases$/, PHASES],
  [/^phases\.\w+$/, ["on-failure", "runtime-versions", "commands", "finally"], ["run-as"]],
  [/^artifacts$/, [...FILES, "secondary-artifacts"], ["enable-symlinks", "s3-prefix"]],
  [/^artifacts\.secondary-artifacts\.[^.]+$/, FILES],
  [/^reports\.[^.]+$/, [...FILES, "file-format"]],
  [/^cache$/, ["paths"], ["key", "fallback-keys", "action"]],
];

/** @throws BuildError with the context of CodeBuild's phase DOWNLOAD_SOURCE. */
export function parseBuildspec(text: string): Buildspec {
  const content = read(text);
  if (!isMapping(content)) throw fault("the buildspec is not a mapping");
  // A number or a text: `version: 0.2` is a number.
  if (Number(content.version) !== 0.2)
    throw fault(`the runner knows version 0.2, got ${String(content.version)}`);
  const ignored = [...ignoredIn(content, [])];
  const { env = {}, phases = {}, ...rest } = content;
  return { ...rest, env, phases, ignored } as unknown as Buildspec;
}

const fault = (text: string) => new BuildError("YAML_FILE_ERROR", text);

function read(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw fault((error as Error).message);
  }
}

function* ignoredIn(content: Record<string, unknown>, path: readonly string[]): Iterable<string> {
  const [, known, ignored = []] = KNOWN.find(([place]) => place.test(path.join("."))) ?? [];
  for (const [key, value] of Object.entries(content)) {
    const own = [...path, key].join(".");
    if (ignored.includes(key)) yield own;
    else if (known && !known.includes(key)) throw fault(`unknown key ${own}`);
    else if (isMapping(value)) yield* ignoredIn(value, [...path, key]);
  }
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
