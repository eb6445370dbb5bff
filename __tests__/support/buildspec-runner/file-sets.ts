import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, normalize, relative } from "node:path";
import type { FileSet } from "./buildspec";

/** The files of an artifact or a report by their names in it. */
export type Files = ReadonlyMap<string, Buffer>;

/** The text of a file; empty if there is none. */
export const textIn = (files: Files | undefined, name: string) => files?.get(name)?.toString() ?? "";

/** @throws Error as CodeBuild's phase UPLOAD_ARTIFACTS fails. */
export function collect(source: string, set: FileSet): Files {
  const base = join(source, set["base-directory"] ?? ".");
  if (!existsSync(base))
    throw new Error(`CLIENT_ERROR: no matching base directory path found for ${set["base-directory"] ?? ""}`);
  const excluded = new Set(set["exclude-paths"]?.flatMap((pattern) => matching(base, pattern)));
  const names = [...new Set(set.files.flatMap((pattern) => matching(base, pattern)))];
  const found = names.filter((name) => !excluded.has(name)).sort();
  if (found.length === 0) throw new Error("CLIENT_ERROR: no matching artifact paths found");
  const flat = set["discard-paths"] === true || set["discard-paths"] === "yes";
  return new Map(found.map((name) => [flat ? basename(name) : name, readFileSync(join(base, name))]));
}

/** Files below a folder by a pattern, in which `**` stands for folders and `*` for a part of a name. */
export function matching(base: string, pattern: string): string[] {
  const expression = new RegExp(
    `^${normalize(pattern)
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*\*\/|\*\*|\*|\?/g, (wildcard) => WILDCARDS[wildcard] ?? wildcard)}$`,
  );
  const entries = readdirSync(base, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files
    .map(({ name, parentPath }) => relative(base, join(parentPath, name)))
    .filter((path) => expression.test(path));
}

const WILDCARDS: Readonly<Record<string, string>> = {
  "**/": "(.*/)?",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
};
