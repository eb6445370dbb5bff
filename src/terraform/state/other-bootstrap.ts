import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Failure } from "../../errors";
import { readState } from "./stored";

const BOOTSTRAP_STATE = /(^|\/)bootstrap\.tfstate$/;

/** The key of a state in the bucket by which another system manages the bucket; undefined if there is none. */
export async function otherBootstrap(s3: S3Client, bucket: string, own: string): Promise<string | undefined> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket }))
    for (const { Key = "" } of Contents) {
      if (Key === own || !BOOTSTRAP_STATE.test(Key)) continue;
      const state = await readState(s3, bucket, Key);
      if (state?.outputs?.state_bucket?.value === bucket) return Key;
    }
  return undefined;
}

/** The answer to a request; undefined if nothing of that kind is configured. */
async function configured<Answer>(request: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (error) {
    const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === 404) return undefined;
    throw error;
  }
}

/** Checks what a state bucket that is managed elsewhere must have. @throws Failure that names what it lacks. */
export async function requireSafeBucket(s3: S3Client, bucket: string): Promise<void> {
  const Bucket = { Bucket: bucket };
  const [versioning, encryption, access] = await Promise.all([
    s3.send(new GetBucketVersioningCommand(Bucket)),
    configured(s3.send(new GetBucketEncryptionCommand(Bucket))),
    configured(s3.send(new GetPublicAccessBlockCommand(Bucket))),
  ]);
  const { BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets } =
    access?.PublicAccessBlockConfiguration ?? {};
  const rules = encryption?.ServerSideEncryptionConfiguration?.Rules ?? [];
  const missing = [
    versioning.Status !== "Enabled" && "versioning",
    rules.length === 0 && "default encryption",
    !(BlockPublicAcls && BlockPublicPolicy && IgnorePublicAcls && RestrictPublicBuckets) &&
      "block of all public access",
  ].filter((one) => one !== false);
  if (missing.length > 0)
    throw new Failure(
      `state.bucket: ${bucket} holds the states of other systems, but has no ${missing.join(" and no ")}`,
      "add it there, or choose another bucket",
    );
}
