import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { BuildError } from "../../../src/local/services/codebuild/buildspec/build-error";
import {
  parseBuildspec,
  type Buildspec,
  type FileSet,
} from "../../../src/local/services/codebuild/buildspec/buildspec";
import { runPhases, type PhaseResult } from "../../../src/local/services/codebuild/buildspec/phases";
import { BuildProcesses } from "../../../src/local/services/codebuild/buildspec/processes";
import { Shell } from "../../../src/local/services/codebuild/buildspec/shell";
import { variablesOf } from "../../../src/local/services/codebuild/buildspec/variables";
import type { BuildMachine } from "./build-machine";
import { codeBuildVariables, storesOf } from "./environment";
import { restoreCache, saveCache } from "./cache";
import { collect, type Files } from "./file-sets";

export interface BuildInput {
  /** The folder of the repository at a commit. */
  readonly repository: string;
  /** The text of a buildspec, or its path in the repository. */
  readonly buildspec: { readonly text: string } | { readonly path: string };
  /** Of the project and of the pipeline. */
  readonly variables: Readonly<Record<string, string>>;
  readonly commit?: string;
  readonly buildNumber?: number;
  /** What `parameter-store` and `secrets-manager` find, by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface BuildResult {
  readonly succeeded: boolean;
  readonly phases: readonly PhaseResult[];
  /** Why the build failed, of each phase that did. */
  readonly failures: readonly string[];
  readonly log: string;
  readonly calls: readonly string[];
  /** The output artifact; undefined if it could not be made. */
  readonly artifact?: Files;
  readonly secondaryArtifacts: Readonly<Record<string, Files>>;
  readonly reports: Readonly<Record<string, Files>>;
  readonly exported: Readonly<Record<string, string>>;
  /** What the cache keeps for the next build. */
  readonly cached: readonly string[];
}

const KEY_OF_BUILD = "BUILDKEY";

/** Runs a build as CodeBuild documents it. */
export async function runBuild(machine: BuildMachine, input: BuildInput): Promise<BuildResult> {
  machine.begin(input.repository);
  const lines: string[] = [];
  const log = (text: string) => lines.push(text);
  const failed = (failure: string) => ({
    succeeded: false,
    phases: [],
    failures: [failure],
    log: lines.join(""),
    calls: machine.calls(),
    secondaryArtifacts: {},
    reports: {},
    exported: {},
    cached: [],
  });

  let spec: Buildspec;
  let variables: NodeJS.ProcessEnv;
  try {
    spec = parseBuildspec(textOf(machine, input));
    const ofProject = Object.entries(input.variables).map(([name, value]) => ({ name, value }));
    variables = await variablesOf(spec, ofProject, storesOf(input));
  } catch (error) {
    return failed((error as Error).message);
  }
  const places = { cache: machine.path("cache"), home: machine.home, source: machine.source };
  restoreCache(places);
  const env = {
    PATH: `${machine.path("bin")}:${process.env.PATH ?? ""}`,
    LANG: "C.UTF-8",
    HOME: machine.home,
    BUILD_MACHINE: machine.folder,
    AWS_ACCESS_KEY_ID: KEY_OF_BUILD,
    ...variables,
    ...codeBuildVariables(input, machine.source),
  };
  const shell = new Shell({
    folder: machine.path("shell"),
    cwd: machine.source,
    posix: spec.env.shell !== "bash",
    env,
    log: (piece) => log(String(piece)),
    processes: new BuildProcesses(machine.path("shell", "processes.json"), `BUILD_MACHINE=${machine.folder}`),
  });
  const phases = await runPhases(spec, shell, log);
  shell.end();
  const failures = phases.flatMap(({ error }) => error?.message ?? []);

  const gather = (set: FileSet | undefined): Files | undefined => {
    try {
      return set && collect(machine.source, set);
    } catch (error) {
      failures.push((error as Error).message);
      return undefined;
    }
  };
  const all = (sets: Readonly<Record<string, FileSet>> = {}) =>
    Object.fromEntries(
      Object.entries(sets).flatMap(([name, set]) => (gather(set) ? [[name, gather(set)]] : [])),
    ) as Record<string, Files>;
  const { "secondary-artifacts": secondary, ...primary } = spec.artifacts ?? { files: [] };
  const artifact = primary.files.length > 0 ? gather(primary) : undefined;
  const exported = (spec.env["exported-variables"] ?? []).flatMap((name) => {
    const value = shell.variable(name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    phases,
    artifact,
    secondaryArtifacts: all(secondary),
    reports: all(spec.reports),
    succeeded: failures.length === 0,
    failures,
    log: lines.join(""),
    calls: machine.calls(),
    exported: Object.fromEntries(exported) as Record<string, string>,
    cached: saveCache(spec.cache?.paths ?? [], places),
  };
}

function textOf(machine: BuildMachine, { buildspec }: BuildInput): string {
  if ("text" in buildspec) return buildspec.text;
  const file = join(machine.source, buildspec.path);
  if (!existsSync(file))
    throw new BuildError("YAML_FILE_ERROR", `stat ${buildspec.path}: no such file or directory`);
  return readFileSync(file, "utf8");
}
