import { artifactOf, encryptedWith, ofKey, throughS3 } from "../chain/context";
import { STRANGE_ACCOUNT } from "../parties";
import type { Context, Denial } from "../request";
import { byEitherSide, type Scene } from "./rows";

/** What nobody must do with the artifacts and their key, and what the deploy role must not. */
export const storeDenials = (scene: Scene): Denial[] => [
  ...withoutTls(scene),
  ...wrongUploads(scene),
  ...deployRole(scene),
  ...otherRoles(scene),
];

const administratorOf = (account: string) => `arn:aws:iam::${account}:role/any-administrator`;

/** Whoever writes, and whoever else of the pipeline's account could. */
const writers = ({ own }: Scene) => [own.roles.pipeline, own.roles.build, administratorOf(own.shared)];

function withoutTls(scene: Scene): Denial[] {
  const { bucket, roles, shared } = scene.own;
  const context = { "aws:SecureTransport": "false" };
  const calls = [
    { actions: ["s3:GetObject", "s3:PutObject"], resource: artifactOf(scene.own) },
    { actions: ["s3:ListBucket", "s3:GetBucketLocation"], resource: bucket },
  ];
  return [...writers(scene), roles.deploy].flatMap((principal) =>
    calls.map((call) => ({
      ...call,
      reason: "artifacts would travel in the clear",
      principal,
      owner: shared,
      context,
      granted: "identity" as const,
    })),
  );
}

const ALGORITHM = "s3:x-amz-server-side-encryption";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function wrongUploads(scene: Scene): Denial[] {
  const { key, shared } = scene.own;
  const otherKey = scene.others.find((other) => other.key !== key)?.key ?? "";
  const uploads: readonly (readonly [reason: string, context: Context])[] = [
    ["an artifact would be encrypted with S3's own key", { [ALGORITHM]: "AES256" }],
    ["an artifact would be encrypted with another key", encryptedWith(otherKey)],
    [
      "an artifact would be encrypted with aws/s3, which no other account can use",
      { [ALGORITHM]: "aws:kms" },
    ],
    ["an artifact would be encrypted twice", { ...encryptedWith(key), [ALGORITHM]: "aws:kms:dsse" }],
  ];
  return writers(scene).flatMap((principal) =>
    uploads.map(([reason, context]) => ({
      reason,
      principal,
      actions: ["s3:PutObject"],
      resource: artifactOf(scene.own),
      owner: shared,
      context,
      granted: "identity" as const,
    })),
  );
}

/** The one role that reads from outside: nothing but reading, nothing but this delivery's. */
function deployRole({ own, others }: Scene): Denial[] {
  const { bucket, key, keyAlias, region, roles, shared } = own;
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
    ...[
      {
        reason: "an environment would decrypt by itself",
        context: { ...ofKey(own), ...encryptionContext(bucket) },
      },
      {
        reason: "an environment would decrypt from another region's bucket",
        context: {
          ...through,
          "kms:ViaService": `s3.${region === "us-east-1" ? "us-west-2" : "us-east-1"}.amazonaws.com`,
        },
      },
      {
        reason: "an environment would decrypt from any bucket",
        context: throughS3(own, `${bucket}-stranger`),
      },
      {
        reason: "an environment would decrypt what has no context",
        context: { ...ofKey(own), "kms:ViaService": through["kms:ViaService"] ?? "" },
      },
    ].map((row) => ({ ...decrypt, ...row, granted: "identity" as const })),
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

const encryptionContext = (arn: string): Context => ({ "kms:EncryptionContext:aws:s3:arn": arn });

/** Every other role of the environment's account, and of a stranger's, whatever its own policies say. */
function otherRoles({ own, others }: Scene): Denial[] {
  const { account, bucket, key, roles, shared } = own;
  const strangers = others.filter((other) => other.roles.deploy !== roles.deploy);
  const inEnvironment = [roles.push, roles.codeDeploy, roles.execution, roles.task, administratorOf(account)];
  const readers = strangers.map((other) => other.roles.deploy);
  const outside = (principal: string) => !principal.includes(`::${shared}:`);
  // A service's key is one for all its environments, and each may describe it.
  const describing = strangers.filter((other) => other.key === key).map((other) => other.roles.deploy);
  const principals = [...new Set([...inEnvironment, ...readers, administratorOf(STRANGE_ACCOUNT)])].filter(
    outside,
  );
  const rowsOf = (principal: string): Denial[] => {
    const role = { principal, owner: shared, granted: "identity" as const };
    return [
      {
        ...role,
        reason: "another role would read what is released",
        actions: ["s3:GetObject", "s3:GetObjectVersion"],
        resource: artifactOf(own),
      },
      {
        ...role,
        reason: "another role would change what is released",
        actions: ["s3:PutObject"],
        resource: artifactOf(own),
        context: encryptedWith(key),
      },
      {
        ...role,
        reason: "another role would look into the artifacts",
        actions: ["s3:ListBucket"],
        resource: bucket,
      },
      {
        ...role,
        reason: "another role would decrypt the artifacts",
        actions: ["kms:Decrypt"],
        resource: key,
        context: throughS3(own, bucket),
      },
      ...(describing.includes(principal)
        ? []
        : [
            {
              ...role,
              reason: "another role would use the key",
              actions: ["kms:DescribeKey"],
              resource: key,
              context: ofKey(own),
            },
          ]),
    ];
  };
  return principals.flatMap(rowsOf);
}
