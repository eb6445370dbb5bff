import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import type { AccountConfig } from "../config/schema";
import { clientSettings } from "./client-settings";

/** The clients that read the policies of an account. */
export type PolicyClients = ReturnType<typeof policyClients>;

export function policyClients(account: AccountConfig, region: string) {
  const settings = clientSettings(account, region);
  return {
    ecr: new ECRClient(settings),
    iam: new IAMClient(settings),
    kms: new KMSClient(settings),
    logs: new CloudWatchLogsClient(settings),
    s3: new S3Client(settings),
    sns: new SNSClient(settings),
  };
}

/** Names of errors by which AWS says that a role, a policy, a bucket, a key or a repository does not exist. */
const ABSENT = /^NoSuch(Entity|Bucket)|^(Repository|RepositoryPolicy)?NotFound(Exception)?$/;

/** The answer of AWS, or undefined if it says that there is no such thing. */
export const ifPresent = <Found>(work: Promise<Found>): Promise<Found | undefined> =>
  work.catch((error: unknown) => {
    if (error instanceof Error && ABSENT.test(error.name)) return undefined;
    throw error;
  });
