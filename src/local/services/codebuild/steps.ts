import type { Embedded } from "../../reconcile/embedded";
import { parseBuildspec, type Buildspec } from "./buildspec/buildspec";
import { Shell } from "./buildspec/shell";
import { variablesOf } from "./buildspec/variables";
import { environmentOf } from "./environment";
import { storesOf } from "./stores";
import { uploadArtifacts } from "./storage/artifacts";
import { buildspecText, downloadSource } from "./storage/source";
import type { Workspace } from "./workspace";

/** Makes the programs that a build finds first, such as `docker`, in the folder `bin`. */
export type InstallPrograms = (bin: string, folder: string) => void;

/** Reads source, cache and buildspec. @throws BuildError */
export async function readSource({ build, cache, folders, log, region, s3 }: Workspace): Promise<Buildspec> {
  await downloadSource(s3, build, folders.source, folders.folder, region);
  if (await cache.restore()) log.write("[Container] The cache was restored\n");
  const spec = parseBuildspec(buildspecText(build, folders.source));
  const ignored = spec.reports ? [...spec.ignored, "reports"] : spec.ignored;
  for (const key of ignored) log.write(`[Container] ${key} does nothing in the embedded AWS\n`);
  return spec;
}

/** The shell of a build's commands, with the build's variables. @throws BuildError if one cannot be read. */
export async function openShell(
  { clients, endpoint }: Embedded,
  { build, folders, log, processes, region, role }: Workspace,
  spec: Buildspec,
  install: InstallPrograms,
): Promise<Shell> {
  const ofProject = build.environment.environmentVariables;
  const variables = await variablesOf(spec, ofProject, storesOf(clients, role, region));
  const credentials = await clients.credentialsOf(role, region)();
  install(folders.bin, folders.folder);
  return new Shell({
    folder: folders.shell,
    cwd: folders.source,
    posix: spec.env.shell !== "bash",
    env: environmentOf(build, region, endpoint, folders, credentials, variables),
    log: (piece) => {
      log.write(piece);
    },
    processes,
  });
}

/** Keeps the cache, and returns the artifacts: of a failed build too, as AWS does. @throws BuildError */
export async function returnFiles(
  { build, cache, folders, log, s3 }: Workspace,
  spec: Buildspec,
): Promise<void> {
  const kept = await cache.save(spec.cache?.paths ?? []);
  if (kept > 0) log.write(`[Container] The cache keeps ${kept} files\n`);
  await uploadArtifacts(s3, build, spec.artifacts, folders.source, folders.folder);
}

/** The exported variables, as the shell has them after the last command. */
export const exportedBy = (shell: Shell, { env }: Buildspec) =>
  (env["exported-variables"] ?? []).flatMap((name) => {
    const value = shell.variable(name);
    return value === undefined ? [] : [{ name, value }];
  });
