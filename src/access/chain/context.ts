import { accountOf } from "../arn";
import type { Parties } from "../parties";
import type { Context } from "../request";

/** What a service sends with the resource that it acts for. */
export const onBehalfOf = (account: string, arn: string): Context => ({
  "aws:SourceAccount": account,
  "aws:SourceArn": arn,
});

/** The encryption context that S3 sends to KMS, in the key's region. */
export const throughS3 = ({ region, keyAlias }: Parties, arn: string): Context => ({
  "kms:ViaService": `s3.${region}.amazonaws.com`,
  "kms:EncryptionContext:aws:s3:arn": arn,
  "kms:ResourceAliases": [keyAlias],
});

export const ofKey = ({ keyAlias }: Parties): Context => ({ "kms:ResourceAliases": [keyAlias] });

/** The headers of an upload that names its encryption. */
export const encryptedWith = (keyArn: string): Context => ({
  "s3:x-amz-server-side-encryption": "aws:kms",
  "s3:x-amz-server-side-encryption-aws-kms-key-id": keyArn,
});

/** CodePipeline begins the keys of its artifacts with the pipeline's name, cut at 20 characters. */
export const artifactOf = ({ bucket, names }: Parties) =>
  `${bucket}/${names.pipeline.slice(0, 20)}/BuildArtif/4xGk2Pq`;

export const cacheOf = ({ bucket, environment }: Parties) => `${bucket}/${environment}/cache/0123abcd`;

export const buildLogOf = ({ bucket, environment }: Parties) => `${bucket}/${environment}/logs/0123abcd.gz`;

/** Something that a configuration names by its ARN: in another account, its owner must let the role in. */
export function named(arn: string, account: string) {
  const owner = accountOf(arn);
  return { resource: arn, owner, granted: owner === account ? undefined : ("resource" as const) };
}
