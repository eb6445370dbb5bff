import { administratorOf } from "../parties";
import { artifactOf, encryptedWith } from "../chain/context";
import type { Context, Denial } from "../request";
import { type Scene } from "./rows";

/** Whoever writes, and whoever else of the pipeline's account could. */
const writers = ({ own }: Scene) => [own.roles.pipeline, own.roles.build, administratorOf(own.shared)];

/** Whoever it is, and whatever its own policies say: never in the clear. */
export function withoutTlsDenials(scene: Scene): Denial[] {
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
export function wrongUploadDenials(scene: Scene): Denial[] {
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
