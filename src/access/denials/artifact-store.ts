import { artifactOf, buildLogOf, cacheOf, ofKey, throughS3 } from "../chain/context";
import { type Parties, STRANGE_ACCOUNT } from "../parties";
import type { Denial } from "../request";
import { ofOthers, onEach, type Scene } from "./rows";

/** Bucket and key, as the pipeline and the build use them. */
export function artifactStoreDenials(scene: Scene, principal: string): Denial[] {
  const { bucket, key, shared } = scene.own;
  const role = { principal, owner: shared };
  const objectsOf = (parties: Parties) => [artifactOf(parties), cacheOf(parties), buildLogOf(parties)];
  const keys = scene.others.filter((other) => other.key !== scene.own.key);
  return [
    ...onEach(ofOthers(scene, "shared", objectsOf), {
      principal,
      reason: "one delivery would change, or read, what another releases",
      actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
    }),
    ...onEach(
      ofOthers(scene, "shared", (other) => [other.bucket]),
      {
        principal,
        reason: "one delivery would look into another's artifacts",
        actions: ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetBucketLocation"],
      },
    ),
    ...[...objectsOf(scene.own), bucket].map((resource) => ({
      principal,
      reason: "a bucket that a stranger made under the same name would get, or give, the artifacts",
      actions:
        resource === bucket ? ["s3:ListBucket", "s3:GetBucketLocation"] : ["s3:GetObject", "s3:PutObject"],
      resource,
      owner: STRANGE_ACCOUNT,
      granted: "resource" as const,
    })),
    {
      ...role,
      reason: "a release would delete, or open, the artifacts",
      actions: ["s3:DeleteBucket", "s3:PutBucketPolicy", "s3:PutEncryptionConfiguration"],
      resource: bucket,
    },
    {
      ...role,
      reason: "a release would remove what a rollback needs",
      actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      resource: artifactOf(scene.own),
    },
    ...keys.flatMap((other) => [
      {
        ...role,
        reason: "one service would read another's artifacts",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resource: other.key,
        context: throughS3(other, other.bucket),
      },
      {
        ...role,
        reason: "one service would use another's key",
        actions: ["kms:DescribeKey"],
        resource: other.key,
        context: ofKey(other),
      },
    ]),
    {
      ...role,
      reason: "a release would end the key, or give it away",
      actions: ["kms:ScheduleKeyDeletion", "kms:PutKeyPolicy", "kms:DisableKey", "kms:CreateGrant"],
      resource: key,
      context: ofKey(scene.own),
    },
  ];
}
