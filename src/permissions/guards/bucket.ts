import { bucketArn } from "../../system/arns";
import { ALGORITHM, encryptedWith, KEY_ID } from "../calls/call";
import { EXTERNAL_ACCOUNT_ID, administratorOf, type Parties } from "../parties";
import type { PolicyStatement } from "../read/policy-json";
import type { Context, ForbiddenCall } from "../request";
import { BY_RESOURCE, forbid } from "./forbid";

/** What a bucket's policy must deny to everyone: any call without TLS. */
export function tlsGuards(bucketName: string, owner: string): ForbiddenCall[] {
  const bucket = bucketArn(bucketName);
  const anyone = forbid(administratorOf(owner), owner);
  const reason = "data would be sent without TLS";
  const more = {
    ...BY_RESOURCE,
    context: { "aws:SecureTransport": "false" },
    deniedBy: denyStatement("DenyInsecureConnections", "s3:*", [bucket, `${bucket}/*`], {
      Bool: { "aws:SecureTransport": "false" },
    }),
  };
  return [
    anyone(reason, ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], `${bucket}/any-key`, more),
    anyone(reason, ["s3:ListBucket", "s3:PutBucketPolicy"], bucket, more),
  ];
}

/**
 * What an artifact bucket's policy must deny to everyone: uploads that are encrypted in another way.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function uploadGuards({ arns, keyArn, shared }: Parties): ForbiddenCall[] {
  const objects = `${arns.artifactBucket}/*`;
  const upload = (how: string, context: Context, deniedBy: PolicyStatement) =>
    forbid(administratorOf(shared.id), shared.id)(
      `an artifact would be encrypted ${how}`,
      ["s3:PutObject"],
      `${arns.artifactBucket}/any-key`,
      { ...BY_RESOURCE, context, deniedBy },
    );
  const wrongAlgorithm = denyStatement("DenyWrongEncryptionAlgorithm", "s3:PutObject", objects, {
    StringNotEquals: { [ALGORITHM]: "aws:kms" },
    Null: { [ALGORITHM]: "false" },
  });
  const wrongKey = denyStatement("DenyWrongKmsKey", "s3:PutObject", objects, {
    StringNotEquals: { [KEY_ID]: keyArn },
    Null: { [KEY_ID]: "false" },
  });
  const noKey = denyStatement("DenyKmsWithoutKeyId", "s3:PutObject", objects, {
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

const denyStatement = (
  Sid: string,
  Action: string,
  Resource: string | readonly string[],
  Condition: PolicyStatement["Condition"],
): PolicyStatement => ({ Sid, Effect: "Deny", Principal: "*", Action, Resource, Condition });

/** A bucket that another account may not read or write, whatever it allows its own principals. */
export function otherAccountGuards(
  what: string,
  key: string,
  bucketName: string,
  owner: string,
  otherAccountId = EXTERNAL_ACCOUNT_ID,
): ForbiddenCall[] {
  const outsider = forbid(administratorOf(otherAccountId), owner);
  const reason = `another account would read or change ${what}`;
  return [
    outsider(reason, ["s3:GetObject", "s3:PutObject"], key, BY_RESOURCE),
    outsider(reason, ["s3:ListBucket"], bucketArn(bucketName), BY_RESOURCE),
  ];
}
