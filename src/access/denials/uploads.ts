import { artifactOf, encryptedWith } from "../chain/context";
import type { PolicyStatement } from "../evidence/policy-json";
import { administratorOf } from "../parties";
import type { Context, Denial } from "../request";
import { anyObjectOf, writersOf, type Scene } from "./rows";

const ALGORITHM = "s3:x-amz-server-side-encryption";
const KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id";

/** Uploads that would lie there under another key, or another algorithm, than the delivery's. */
export function wrongUploadDenials(scene: Scene): Denial[] {
  const { bucket, shared } = scene.own;
  const places = [
    ...writersOf(scene.own).map((principal) => ({ principal, resource: artifactOf(scene.own) })),
    { principal: administratorOf(shared), resource: anyObjectOf(bucket) },
  ];
  return places.flatMap((place) =>
    wrongUploads(scene).map((upload) => ({
      ...place,
      ...upload,
      actions: ["s3:PutObject"],
      owner: shared,
      granted: "identity" as const,
    })),
  );
}

type WrongUpload = Pick<Denial, "reason" | "refusedBy"> & { readonly context: Context };

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function wrongUploads({ others, own }: Scene): WrongUpload[] {
  const { bucket, key } = own;
  const otherKey = others.find((other) => other.key !== key)?.key ?? "";
  const deny = (Sid: string, Condition: PolicyStatement["Condition"]): PolicyStatement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucket}/*`,
    Condition,
  });
  const wrongAlgorithm = deny("DenyWrongEncryptionAlgorithm", {
    StringNotEquals: { [ALGORITHM]: "aws:kms" },
    Null: { [ALGORITHM]: "false" },
  });
  return [
    {
      reason: "an artifact would be encrypted with S3's own key",
      context: { [ALGORITHM]: "AES256" },
      refusedBy: wrongAlgorithm,
    },
    {
      reason: "an artifact would be encrypted twice",
      context: { ...encryptedWith(key), [ALGORITHM]: "aws:kms:dsse" },
      refusedBy: wrongAlgorithm,
    },
    {
      reason: "an artifact would be encrypted with another key",
      context: encryptedWith(otherKey),
      refusedBy: deny("DenyWrongKmsKey", {
        StringNotEquals: { [KEY_ID]: key },
        Null: { [KEY_ID]: "false" },
      }),
    },
    {
      reason: "an artifact would be encrypted with aws/s3, which no other account can use",
      context: { [ALGORITHM]: "aws:kms" },
      refusedBy: deny("DenyKmsWithoutKeyId", {
        StringEquals: { [ALGORITHM]: "aws:kms" },
        Null: { [KEY_ID]: "true" },
      }),
    },
  ];
}
