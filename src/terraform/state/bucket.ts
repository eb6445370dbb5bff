import { HeadBucketCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Failure } from "../../errors";

const statusOf = (error: unknown) =>
  (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;

/** Whether a request for a bucket or an object succeeds; false if it does not exist. */
async function exists(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/**
 * Whether the state bucket exists in the account.
 *
 * @throws Failure if it belongs to another account, is in another region, or cannot be read.
 */
export async function hasBucket(s3: S3Client, bucket: string, accountId: string): Promise<boolean> {
  try {
    return await exists(s3.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: accountId })));
  } catch (error) {
    if (statusOf(error) === 403)
      throw new Failure(
        `state.bucket: ${bucket} belongs to another account than ${accountId}, or these credentials may not read it; bucket names are unique across all accounts: choose another name`,
      );
    if (statusOf(error) === 301) throw new Failure(`state.bucket: ${bucket} is in another region`);
    throw error;
  }
}

/** Whether the bucket contains an object. */
export const hasObject = (s3: S3Client, bucket: string, key: string) =>
  exists(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })));
