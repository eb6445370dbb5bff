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
  /** Whether Terraform may delete the objects to destroy the bucket. */
  readonly forceDestroy: boolean;
  /** Statements in addition to the one that requires TLS. */
  readonly statements?: readonly Statement[];
  /** Lifecycle rules in addition to those for old versions and incomplete uploads. */
  readonly expirations?: readonly Expiration[];
  /** ARN of a KMS key. Not an alias: each account resolves an alias to a key of its own. @default - SSE-S3 */
  readonly kmsKeyArn?: string;
  /** Makes Terraform refuse to destroy the bucket. @default false */
  readonly preventDestroy?: boolean;
  /** @default 30 */
  readonly noncurrentVersionDays?: number;
}

/** Objects that expire after some days. */
export interface Expiration {
  readonly id: string;
  readonly prefix: string;
  readonly days: number;
}

const INCOMPLETE_UPLOAD_DAYS = 7;

/** The ARN of a bucket: its policy needs it before the bucket exists. */
export const bucketArn = (bucketName: string) => `arn:aws:s3:::${bucketName}`;

/** A versioned, encrypted S3 bucket without public access that requires TLS. */
export class PrivateBucket extends Construct {
  public readonly bucketName: string;
  public readonly arn: string;
  /** Resources that must exist before the first object is written. */
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
      // S3 answers OperationAborted while another change to the bucket's access is in progress.
      dependsOn: [access],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.id,
      rule: renderLifecycle(props),
      // Rules on noncurrent versions need versioning.
      dependsOn: [versioning],
    });

    this.bucketName = bucket.id;
    this.arn = bucketArn(props.bucketName);
    this.ready = [versioning, encryption, policy];
  }
}

/** Covers the bucket and its objects. */
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

/** A bucket key saves one KMS call for each object. */
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
