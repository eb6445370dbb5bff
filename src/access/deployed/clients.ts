import type { ECRClient } from "@aws-sdk/client-ecr";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";

/** What an account's documents are read with. */
export interface Clients {
  readonly ecr: ECRClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly s3: S3Client;
  readonly sts: STSClient;
}

/** The account that credentials are of. */
export const accountOf = async ({ sts }: Clients): Promise<string> =>
  (await sts.send(new GetCallerIdentityCommand({}))).Account ?? "";

/** Names of errors by which AWS says that there is no such thing, or that it has no policy. */
const ABSENT = [
  "NoSuchEntity",
  "NoSuchEntityException",
  "NoSuchBucket",
  "NotFound",
  "NotFoundException",
  "NoSuchBucketPolicy",
  "RepositoryNotFoundException",
  "RepositoryPolicyNotFoundException",
];

/** What AWS gives; nothing where it says that there is no such thing. */
export async function ifPresent<Found>(work: Promise<Found>): Promise<Found | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && ABSENT.includes(error.name)) return undefined;
    throw error;
  }
}
