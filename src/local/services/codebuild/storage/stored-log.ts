import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { S3Client } from "@aws-sdk/client-s3";
import { s3PlaceOf, uniquePart, type Build } from "../build";
import { upload } from "./objects";

/**
 * Stores the log of a build, compressed, as an object below the location that its project names; nothing if S3 logs
 * are off. The bucket's default encrypts it.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_S3LogsConfig.html
 */
export async function storeLog(s3: S3Client, file: string, build: Build): Promise<void> {
  const { location = "", status } = build.logs.s3Logs ?? {};
  const place = s3PlaceOf(`${location}/${uniquePart(build)}.gz`);
  if (status !== "ENABLED" || !place) return;
  const archive = `${file}.gz`;
  try {
    await pipeline(createReadStream(file), createGzip(), createWriteStream(archive));
    await upload(s3, archive, place, undefined);
  } finally {
    rmSync(archive, { force: true });
  }
}
