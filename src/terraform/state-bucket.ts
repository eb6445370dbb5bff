import { HeadBucketCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Failure } from "../process/failure";

interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const statusOf = (error: unknown) => (error as ServiceError).$metadata?.httpStatusCode;

/** What the account's S3 says of a bucket or an object that may not be there. */
async function exists(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/**
 * Whether the state bucket is there, and the account's own.
 *
 * @throws Failure where it is another account's, of another region, or not ours to see.
 */
export async function hasBucket(s3: S3Client, bucket: string, accountId: string): Promise<boolean> {
  try {
    return await exists(s3.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: accountId })));
  } catch (error) {
    if (statusOf(error) === 403)
      throw new Failure(
        `state.bucket: ${bucket} is not account ${accountId}'s, or not to be seen with these credentials; bucket names are taken once for all accounts: choose another`,
      );
    if (statusOf(error) === 301) throw new Failure(`state.bucket: ${bucket} is in another region`);
    throw error;
  }
}

/** Whether the bucket holds an object. */
export const hasObject = (s3: S3Client, bucket: string, key: string) =>
  exists(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })));
