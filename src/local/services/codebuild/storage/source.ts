import { existsSync, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { s3PlaceOf, type Build } from "../build";
import { BuildError } from "../buildspec/build-error";
import { cloneReference } from "./clone";
import { download } from "./objects";
import { unzip } from "./zip";

/** Whether a source is a JSON object that says what to clone. An archive begins with PK. */
async function isReference(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(1));
    return buffer.toString() === "{";
  } finally {
    await handle.close();
  }
}

/**
 * Reads the source of a build into a folder: the files of an archive, or a clone with its history.
 *
 * @throws BuildError if it is not there, or of a type that is not available.
 */
export async function downloadSource(
  s3: S3Client,
  build: Build,
  folder: string,
  scratch: string,
  region: string,
): Promise<void> {
  const { location, type } = build.source;
  if (type === "NO_SOURCE") return;
  if (type !== "CODEPIPELINE" && type !== "S3")
    throw new BuildError("CLIENT_ERROR", `a source of the type ${type} is not available in the embedded AWS`);
  // The pipeline names its artifact in the version of the source; a project names it in the location.
  const place = s3PlaceOf(build.sourceVersion) ?? s3PlaceOf(location);
  if (!place)
    throw new BuildError("CLIENT_ERROR", `the source has no location: ${build.sourceVersion ?? ""}`);
  const archive = join(scratch, "source.zip");
  if (!(await download(s3, place, archive)))
    throw new BuildError(
      "CLIENT_ERROR",
      `NoSuchKey: The specified key does not exist. for primary source and source version ${build.sourceVersion ?? ""}`,
    );
  if (await isReference(archive)) await cloneReference(readFileSync(archive, "utf8"), folder, region);
  else await unzip(archive, folder);
}

/** Without a name in the project. */
const DEFAULT_FILE = "buildspec.yml";

/** The text of a buildspec: that of the project, or of a file of the source. @throws BuildError */
export function buildspecText({ source: { buildspec = "" } }: Build, folder: string): string {
  if (buildspec.includes("\n")) return buildspec;
  const name = buildspec === "" ? DEFAULT_FILE : buildspec;
  const file = join(folder, name);
  if (!existsSync(file)) throw new BuildError("YAML_FILE_ERROR", `stat ${file}: no such file or directory`);
  return readFileSync(file, "utf8");
}
