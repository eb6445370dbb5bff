import type { Parties } from "../parties";
import type { RequiredCall } from "../request";
import { callsBy, encryptedWith, ofKey, throughS3 } from "./call";

/** What CodePipeline itself does with artifacts between the actions. */
export function artifactCalls(parties: Parties): RequiredCall[] {
  const { arns, examples, keyArn } = parties;
  const { artifact } = examples;
  const pipeline = callsBy(arns.roles.pipeline);
  return [
    pipeline(
      "find the artifact bucket",
      ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"],
      arns.artifactBucket,
    ),
    pipeline("store artifacts, encrypted with the delivery's key", ["s3:PutObject"], artifact, {
      context: encryptedWith(keyArn),
    }),
    pipeline(
      "store artifacts, encrypted by the bucket's default",
      ["s3:PutObject", "s3:PutObjectAcl"],
      artifact,
    ),
    pipeline("read artifacts", ["s3:GetObject", "s3:GetObjectVersion"], artifact),
    ...keyCalls(parties, arns.roles.pipeline),
  ];
}

/**
 * What AWS documents for a role that reads and writes encrypted artifacts.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-kms.html
 */
export function keyCalls(parties: Parties, principal: string): RequiredCall[] {
  const role = callsBy(principal);
  return [
    role(
      "encrypt and decrypt artifacts",
      [
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      parties.keyArn,
      { context: throughS3(parties) },
    ),
    role("find the artifacts' key", ["kms:DescribeKey"], parties.keyArn, { context: ofKey(parties) }),
  ];
}
