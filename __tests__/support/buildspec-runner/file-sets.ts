import { readFileSync } from "node:fs";
import type { FileSet } from "../../../src/local/services/codebuild/buildspec/buildspec";
import { selectFiles } from "../../../src/local/services/codebuild/buildspec/file-sets";

/** The files of an artifact or a report by their names in it. */
export type Files = ReadonlyMap<string, Buffer>;

/** The text of a file; empty if there is none. */
export const textIn = (files: Files | undefined, name: string) => files?.get(name)?.toString() ?? "";

/** @throws BuildError as CodeBuild's phase UPLOAD_ARTIFACTS fails. */
export const collect = (source: string, set: FileSet): Files =>
  new Map(selectFiles(source, set).map(({ name, path }) => [name, readFileSync(path)]));
