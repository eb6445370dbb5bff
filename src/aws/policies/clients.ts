import { ECRClient } from "@aws-sdk/client-ecr";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import type { AccountConfig } from "../../config/schema";
import { clientSettings } from "../client-settings";

/** The clients that read the policies of an account. */
export type PolicyClients = ReturnType<typeof policyClients>;

export function policyClients(account: AccountConfig, region: string) {
  const settings = clientSettings(account, region);
  return {
    ecr: new ECRClient(settings),
    iam: new IAMClient(settings),
    kms: new KMSClient(settings),
    s3: new S3Client(settings),
    sts: new STSClient(settings),
  };
}

/** Names of errors by which AWS says that something does not exist. */
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

/** The answer of AWS, or undefined if it says that there is no such thing. */
export async function ifPresent<Found>(work: Promise<Found>): Promise<Found | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && ABSENT.includes(error.name)) return undefined;
    throw error;
  }
}
