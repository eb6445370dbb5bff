import { HeadBucketCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Failure } from "../../errors";

/**
 * Whether a request for a bucket or an object succeeds; false if it does not exist.
 *
 * @param failures What other status codes of HTTP mean.
 */
async function exists(request: Promise<unknown>, failures: Partial<Record<number, string>> = {}) {
  try {
    await request;
    return true;
  } catch (error) {
    const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
    const status = $metadata?.httpStatusCode ?? 0;
    if (status === 404) return false;
    const failure = failures[status];
    throw failure === undefined ? error : new Failure(failure);
  }
}

/**
 * Whether the state bucket exists in the account.
 *
 * @throws Failure if it belongs to another account, is in another region, or cannot be read.
 */
export const hasBucket = (s3: S3Client, bucket: string, accountId: string) =>
  exists(s3.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: accountId })), {
    301: `state.bucket: ${bucket} is in another region`,
    403: `state.bucket: ${bucket} belongs to another account than ${accountId}, or these credentials may not read it; bucket names are unique across all accounts: choose another name`,
  });

/** Whether the bucket contains an object. */
export const hasObject = (s3: S3Client, bucket: string, key: string) =>
  exists(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })));
