import { bucketArn } from "../../system/arns";
import { stateArn } from "../../system/state";
import type { System } from "../../system/system";
import { ALGORITHM, encryptedWith, KEY_ID } from "../calls/call";
import { EXTERNAL_ACCOUNT_ID, administratorOf, type Parties } from "../parties";
import { policyHolderOf } from "../read/policies";
import type { PolicyStatement } from "../read/policy-json";
import type { Context, ForbiddenCall } from "../request";
import { BY_RESOURCE, forbid } from "./forbid";

/** What a bucket's policy must deny to everyone: any call without TLS. */
export function tlsGuards(bucketName: string, owner: string): ForbiddenCall[] {
  const bucket = bucketArn(bucketName);
  const reason = "data would be sent without TLS";
  const anyone = forbid(administratorOf(owner), {
    owner,
    ...BY_RESOURCE,
    context: { "aws:SecureTransport": "false" },
    deniedBy: {
      Sid: "DenyInsecureConnections",
      Effect: "Deny",
      Principal: "*" as const,
      Action: "s3:*",
      Resource: [bucket, `${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  });
  return [
    anyone(reason, "s3:GetObject PutObject DeleteObject", `${bucket}/any-key`),
    anyone(reason, "s3:ListBucket PutBucketPolicy", bucket),
  ];
}

/**
 * What an artifact bucket's policy must deny to everyone: uploads that are encrypted in another way.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function uploadGuards({ arns, keyArn, shared }: Parties): ForbiddenCall[] {
  const deny = (Sid: string, Condition: PolicyStatement["Condition"]): PolicyStatement => {
    const Resource = `${arns.artifactBucket}/*`;
    return { Sid, Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource, Condition };
  };
  const anyone = forbid(administratorOf(shared.id), { owner: shared.id, ...BY_RESOURCE });
  const object = `${arns.artifactBucket}/any-key`;
  const upload = (how: string, context: Context, deniedBy: PolicyStatement): ForbiddenCall => ({
    ...anyone(`an artifact would be encrypted ${how}`, "s3:PutObject", object, context),
    deniedBy,
  });
  const wrongAlgorithm = deny("DenyWrongEncryptionAlgorithm", {
    StringNotEquals: { [ALGORITHM]: "aws:kms" },
    Null: { [ALGORITHM]: "false" },
  });
  const wrongKey = deny("DenyWrongKmsKey", {
    StringNotEquals: { [KEY_ID]: keyArn },
    Null: { [KEY_ID]: "false" },
  });
  const noKey = deny("DenyKmsWithoutKeyId", {
    StringEquals: { [ALGORITHM]: "aws:kms" },
    Null: { [KEY_ID]: "true" },
  });
  return [
    upload("with S3's own key", { [ALGORITHM]: "AES256" }, wrongAlgorithm),
    upload("twice", { ...encryptedWith(keyArn), [ALGORITHM]: "aws:kms:dsse" }, wrongAlgorithm),
    upload("with another key", encryptedWith(`${keyArn}-other`), wrongKey),
    upload("with aws/s3, which no other account can use", { [ALGORITHM]: "aws:kms" }, noKey),
  ];
}

/** A bucket that another account may not read or write, whatever it allows its own principals. */
export function otherAccountGuards(what: string, key: string, owner: string, other = EXTERNAL_ACCOUNT_ID) {
  const outsider = forbid(administratorOf(other), { owner, ...BY_RESOURCE });
  const reason = `another account would read or change ${what}`;
  return [
    outsider(reason, "s3:GetObject PutObject", key),
    outsider(reason, "s3:ListBucket", policyHolderOf("s3:ListBucket", key)),
  ];
}

/** Every call on Terraform's state that must be denied to other accounts, and without TLS. */
export const stateGuards = (system: System): ForbiddenCall[] => [
  ...otherAccountGuards("the state", stateArn(system, "shared"), system.shared.id),
  ...tlsGuards(system.stateBucket, system.shared.id),
];

/** The state contains secrets and decides what the next apply changes, so no role of a delivery may use it. */
export function stateAccessGuards(own: Parties, key: string): ForbiddenCall[] {
  const { account, arns, crossesAccounts, shared } = own;
  return [
    ...Object.values(arns.roles).map((role) =>
      forbid(role, { owner: shared.id })("a delivery would read the state", "s3:GetObject", key),
    ),
    ...(crossesAccounts ? otherAccountGuards("the state", key, shared.id, account.id) : []),
  ];
}
