import { artifactOf, encryptedWith, ofKey, throughS3 } from "../chain/context";
import { type Parties, STRANGE_ACCOUNT } from "../parties";
import type { Context, Denial } from "../request";
import { byEitherSide, type Scene } from "./rows";

/** The one role that reads from outside: nothing but reading, nothing but this delivery's. */
export function artifactReaderDenials({ own, others }: Scene): Denial[] {
  const { bucket, key, keyAlias, roles, shared } = own;
  const role = { principal: roles.deploy, owner: shared };
  const artifact = artifactOf(own);
  const through = throughS3(own, bucket);
  const elsewhere = others.filter((other) => other.bucket !== bucket);
  const decrypt = { ...role, actions: ["kms:Decrypt"], resource: key };
  return [
    ...byEitherSide({
      ...role,
      reason: "an environment would change what is released",
      actions: ["s3:PutObjectAcl", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      resource: artifact,
    }),
    // With the right headers: the demand for them must not be what keeps it out.
    ...byEitherSide({
      ...role,
      reason: "an environment would change what is released",
      actions: ["s3:PutObject"],
      resource: artifact,
      context: encryptedWith(key),
    }),
    ...byEitherSide({
      ...role,
      reason: "an environment would open, or end, the artifact store",
      actions: ["s3:PutBucketPolicy", "s3:DeleteBucket", "s3:PutLifecycleConfiguration"],
      resource: bucket,
    }),
    ...elsewhere.flatMap((other) => [
      ...byEitherSide({
        ...role,
        reason: "one delivery would read what another releases",
        actions: ["s3:GetObject", "s3:GetObjectVersion"],
        resource: artifactOf(other),
      }),
      ...byEitherSide({
        ...role,
        reason: "one delivery would look into another's artifacts",
        actions: ["s3:ListBucket", "s3:GetBucketLocation"],
        resource: other.bucket,
      }),
      ...byEitherSide({
        ...decrypt,
        reason: "one delivery would decrypt what another releases",
        resource: other.key,
        context: throughS3(other, other.bucket),
      }).filter(({ granted }) => other.key !== key || granted === "identity"),
    ]),
    ...[artifact, bucket].map((resource) => ({
      ...role,
      reason: "a bucket that a stranger made under the same name would give the artifacts",
      actions: resource === bucket ? ["s3:ListBucket", "s3:GetBucketLocation"] : ["s3:GetObject"],
      resource,
      owner: STRANGE_ACCOUNT,
      granted: "resource" as const,
    })),
    {
      ...decrypt,
      reason: "a stranger's key of the same alias would be used",
      resource: key.replace(shared, STRANGE_ACCOUNT),
      owner: STRANGE_ACCOUNT,
      context: { "kms:ResourceAliases": [keyAlias] },
      granted: "resource",
    },
    ...(roles.deploy.includes(`::${shared}:`) ? [] : wrongDecryptions(own)),
    ...byEitherSide({
      ...role,
      reason: "an environment would encrypt, and so change what is released",
      actions: ["kms:Encrypt", "kms:GenerateDataKey"],
      resource: key,
      context: through,
    }),
    ...byEitherSide({
      ...role,
      reason: "an environment would give the key away, or end it",
      actions: ["kms:CreateGrant", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
      resource: key,
      context: ofKey(own),
    }),
  ];
}

/** In the key's own account its policy leaves decryption to the identity policies; nothing narrows it there. */
function wrongDecryptions(own: Parties): Denial[] {
  const { bucket, key, region, roles, shared } = own;
  const through = throughS3(own, bucket);
  const elsewhere = region === "us-east-1" ? "us-west-2" : "us-east-1";
  const wrong: readonly (readonly [reason: string, context: Context])[] = [
    ["an environment would decrypt by itself", { ...ofKey(own), "kms:EncryptionContext:aws:s3:arn": bucket }],
    [
      "an environment would decrypt from another region's bucket",
      { ...through, "kms:ViaService": `s3.${elsewhere}.amazonaws.com` },
    ],
    ["an environment would decrypt from any bucket", throughS3(own, `${bucket}-stranger`)],
    [
      "an environment would decrypt what has no context",
      { ...ofKey(own), "kms:ViaService": `s3.${region}.amazonaws.com` },
    ],
  ];
  return wrong.map(([reason, context]) => ({
    reason,
    principal: roles.deploy,
    actions: ["kms:Decrypt"],
    resource: key,
    owner: shared,
    context,
    granted: "identity",
  }));
}
