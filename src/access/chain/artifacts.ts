import type { Parties } from "../parties";
import type { Hop } from "../request";
import { artifactOf, encryptedWith, ofKey, throughS3 } from "./context";

/** What CodePipeline itself does with the artifacts, between the actions. */
export function artifactHops(parties: Parties): Hop[] {
  const { bucket, key, roles, shared } = parties;
  const pipeline = { principal: roles.pipeline, owner: shared };
  const artifact = artifactOf(parties);
  return [
    {
      ...pipeline,
      purpose: "find the artifact store",
      actions: ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"],
      resource: bucket,
    },
    {
      ...pipeline,
      purpose: "keep artifacts, encrypted with the key by name",
      actions: ["s3:PutObject"],
      resource: artifact,
      context: encryptedWith(key),
    },
    {
      ...pipeline,
      purpose: "keep artifacts, encrypted as the bucket does by default",
      actions: ["s3:PutObject", "s3:PutObjectAcl"],
      resource: artifact,
    },
    {
      ...pipeline,
      purpose: "hand artifacts on",
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      resource: artifact,
    },
    ...useOfKey(parties, roles.pipeline),
  ];
}

/**
 * What AWS documents for a role that reads and writes encrypted artifacts. S3 sends the bucket's ARN
 * with a bucket key.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-kms.html
 */
export function useOfKey(parties: Parties, principal: string): Hop[] {
  const { bucket, key, shared } = parties;
  const role = { principal, resource: key, owner: shared };
  return [
    {
      ...role,
      purpose: "encrypt and decrypt artifacts",
      actions: [
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      context: throughS3(parties, bucket),
    },
    { ...role, purpose: "find the artifacts' key", actions: ["kms:DescribeKey"], context: ofKey(parties) },
  ];
}
