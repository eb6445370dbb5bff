import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { globSync } from "tinyglobby";
import { BuildError } from "./build-error";
import type { FileSet } from "./buildspec";

/** A file, and its name in an artifact or a cache. */
export interface SelectedFile {
  readonly name: string;
  readonly path: string;
}

/** Paths below a folder that a pattern matches, in which `**` stands for folders and `*` for a part of a name. */
export const matching = (base: string, patterns: readonly string[], ignore: readonly string[] = []) =>
  globSync([...patterns], { cwd: base, ignore: [...ignore], dot: true, expandDirectories: false }).sort();

/**
 * The files of an artifact or a report.
 *
 * @throws BuildError as CodeBuild's phase UPLOAD_ARTIFACTS fails.
 */
export function selectFiles(source: string, set: FileSet): SelectedFile[] {
  const base = join(source, set["base-directory"] ?? ".");
  if (!existsSync(base))
    throw new BuildError(
      "CLIENT_ERROR",
      `no matching base directory path found for ${set["base-directory"] ?? ""}`,
    );
  const found = matching(base, set.files, set["exclude-paths"]);
  if (found.length === 0) throw new BuildError("CLIENT_ERROR", "no matching artifact paths found");
  const flat = set["discard-paths"] === true || set["discard-paths"] === "yes";
  return found.map((name) => ({ name: flat ? basename(name) : name, path: join(base, name) }));
}
