import type { Block } from "../../evidence/synthesis";
import { ANY } from "../difference";
import type { Wire } from "./wire";

export interface WiredBucket {
  readonly account: string;
  readonly bucket: string;
  /** ARN of the key of its objects. @default - SSE-S3 */
  readonly key?: string;
}

/** A bucket that is closed to the public, encrypted, and copied nowhere. */
export function bucketWires({ account, bucket, key }: WiredBucket): Wire[] {
  const wire = (type: string, block: Block): Wire => ({
    account,
    type: `aws_s3_bucket${type}`,
    by: ["bucket"],
    block: { bucket, ...block },
  });
  return [
    wire("", { force_destroy: ANY, lifecycle: ANY }),
    wire("_public_access_block", {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    }),
    wire("_ownership_controls", { rule: { object_ownership: "BucketOwnerEnforced" } }),
    wire("_server_side_encryption_configuration", { rule: [encryption(key)] }),
    wire("_versioning", { versioning_configuration: { status: "Enabled" } }),
    wire("_lifecycle_configuration", { rule: ANY }),
  ];
}

const encryption = (key: string | undefined): Block =>
  key === undefined
    ? { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }
    : {
        apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: key },
        bucket_key_enabled: true,
      };
