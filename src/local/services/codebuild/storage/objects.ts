import { createReadStream, createWriteStream, statSync } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { S3Place } from "../build";

/** Reads an object into a file. @returns false if there is none. */
export async function download(s3: S3Client, { bucket, key }: S3Place, file: string): Promise<boolean> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    await pipeline(Body as Readable, createWriteStream(file));
    return true;
  } catch (error) {
    if ((error as Error).name === "NoSuchKey") return false;
    throw error;
  }
}

/** Writes a file into an object, encrypted with a key of KMS unless there is none. */
export async function upload(
  s3: S3Client,
  file: string,
  { bucket, key }: S3Place,
  encryptionKey: string | undefined,
): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: createReadStream(file),
      ContentLength: statSync(file).size,
      ...(encryptionKey !== undefined && { ServerSideEncryption: "aws:kms", SSEKMSKeyId: encryptionKey }),
    }),
  );
}
