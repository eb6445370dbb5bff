import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { anyone, condition, policyDocument, type Statement } from "../iam/policy-document";

export interface PrivateBucketProps {
  readonly bucketName: string;
  /** Whether destroying the stack may empty the bucket. */
  readonly forceDestroy: boolean;
  /** More of the bucket policy, beside the demand for TLS. */
  readonly statements?: readonly Statement[];
  /** More of the lifecycle, beside the end of old versions and of broken uploads. */
  readonly expirations?: readonly Expiration[];
  /** ARN of a KMS key, never an alias: an alias means another key to another account. @default - SSE-S3 */
  readonly kmsKeyArn?: string;
  /** Refuses a plan that would destroy the bucket. @default false */
  readonly preventDestroy?: boolean;
  /** @default 30 */
  readonly noncurrentVersionDays?: number;
}

/** Objects that are of no use after some days. */
export interface Expiration {
  readonly id: string;
  readonly prefix: string;
  readonly days: number;
}

const INCOMPLETE_UPLOAD_DAYS = 7;

/** The ARN that a bucket of this name has: its own policy must know it before the bucket exists. */
export const bucketArn = (bucketName: string) => `arn:aws:s3:::${bucketName}`;

/** A versioned, encrypted S3 bucket that is closed to the public and speaks TLS only. */
export class PrivateBucket extends Construct {
  public readonly bucketName: string;
  public readonly arn: string;
  /** What must exist before anything is written. */
  public readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);

    const bucket = new S3Bucket(this, "bucket", {
      bucket: props.bucketName,
      forceDestroy: props.forceDestroy,
      lifecycle: props.preventDestroy ? { preventDestroy: true } : undefined,
    });
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: bucket.id,
      rule: [renderEncryption(props.kmsKeyArn)],
    });
    new S3BucketOwnershipControls(this, "ownership", {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const access = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const policy = new S3BucketPolicy(this, "policy", {
      bucket: bucket.id,
      policy: policyDocument([denyWithoutTls(bucketArn(props.bucketName)), ...(props.statements ?? [])]),
      // S3 answers a conflict while another change to the bucket's access is under way.
      dependsOn: [access],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.id,
      rule: renderLifecycle(props),
      // Rules on noncurrent versions mean nothing before there are versions.
      dependsOn: [versioning],
    });

    this.bucketName = bucket.id;
    this.arn = bucketArn(props.bucketName);
    this.ready = [versioning, encryption, policy];
  }
}

/** A bucket policy's first duty; it covers the bucket and its objects. */
function denyWithoutTls(arn: string): Statement {
  return {
    sid: "DenyInsecureConnections",
    effect: "Deny",
    principals: [anyone],
    actions: ["s3:*"],
    resources: [arn, `${arn}/*`],
    condition: [condition("Bool", "aws:SecureTransport", "false")],
  };
}

/** A bucket key saves a call to KMS for each object. */
function renderEncryption(kmsKeyArn: string | undefined) {
  return kmsKeyArn === undefined
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
    : {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
        bucketKeyEnabled: true,
      };
}

function renderLifecycle({
  expirations = [],
  noncurrentVersionDays = 30,
}: PrivateBucketProps): S3BucketLifecycleConfigurationRule[] {
  return [
    {
      id: "end-old-versions-and-broken-uploads",
      status: "Enabled",
      filter: [{ prefix: "" }],
      noncurrentVersionExpiration: [{ noncurrentDays: noncurrentVersionDays }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: INCOMPLETE_UPLOAD_DAYS }],
    },
    ...expirations.map(({ id, prefix, days }) => ({
      id,
      status: "Enabled",
      filter: [{ prefix }],
      expiration: [{ days }],
    })),
  ];
}
