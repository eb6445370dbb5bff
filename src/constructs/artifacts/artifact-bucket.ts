import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { anyone, condition, onlyRole, type Statement } from "../iam/policy-document";
import { bucketArn, PrivateBucket } from "../storage/private-bucket";

export interface ArtifactBucketProps {
  readonly bucketName: string;
  readonly kmsKeyArn: string;
  /**
   * The role of another account that deploys the artifacts. It may read them, not write.
   *
   * @default - none: a role of the bucket's account needs only its own policies
   */
  readonly reader?: { readonly accountId: string; readonly roleArn: string };
  /** Prefix of the key of every artifact of the pipeline. They expire after 180 days, and no other object does. */
  readonly pipelineKeyPrefix: string;
  /** Prefixes of the build's cache and logs, which expire after 30 days. */
  readonly cachePrefix: string;
  readonly logPrefix: string;
  readonly forceDestroy: boolean;
}

const CACHE_DAYS = 30;
/** A deployment has its AppSpec file and its image without them; the pipeline's own rollback reads them. */
const ARTIFACT_DAYS = 180;

/** The artifact bucket of a pipeline, which another account may read. */
export class ArtifactBucket extends Construct {
  public readonly bucketName: string;
  public readonly arn: string;
  public readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ArtifactBucketProps) {
    super(scope, id);

    const bucket = new PrivateBucket(this, "store", {
      bucketName: props.bucketName,
      kmsKeyArn: props.kmsKeyArn,
      forceDestroy: props.forceDestroy,
      statements: [...denyOtherEncryption(props), ...allowReader(props)],
      expirations: [
        { id: "end-cache", prefix: `${props.cachePrefix}/`, days: CACHE_DAYS },
        { id: "end-logs", prefix: `${props.logPrefix}/`, days: CACHE_DAYS },
        { id: "end-artifacts", prefix: props.pipelineKeyPrefix, days: ARTIFACT_DAYS },
      ],
    });

    this.bucketName = bucket.bucketName;
    this.arn = bucket.arn;
    this.ready = bucket.ready;
  }
}

const ALGORITHM = "s3:x-amz-server-side-encryption";
const KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const present = (header: string) => condition("Null", header, "false");
const absent = (header: string) => condition("Null", header, "true");

/**
 * An upload without encryption headers is encrypted with the bucket's key. An upload with another
 * algorithm or another key is denied, and so is `aws:kms` without a key: that is the key `aws/s3`, which
 * other accounts cannot use. The `Null` tests are needed because StringNotEquals is true for a missing
 * header, which would also deny uploads without headers.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function denyOtherEncryption({ bucketName, kmsKeyArn }: ArtifactBucketProps): Statement[] {
  const deny = (sid: string, ...conditions: ReturnType<typeof condition>[]): Statement => ({
    sid,
    effect: "Deny",
    principals: [anyone],
    actions: ["s3:PutObject"],
    resources: [`${bucketArn(bucketName)}/*`],
    condition: conditions,
  });
  return [
    deny(
      "DenyWrongEncryptionAlgorithm",
      condition("StringNotEquals", ALGORITHM, "aws:kms"),
      present(ALGORITHM),
    ),
    deny("DenyWrongKmsKey", condition("StringNotEquals", KEY_ID, kmsKeyArn), present(KEY_ID)),
    deny("DenyKmsWithoutKeyId", condition("StringEquals", ALGORITHM, "aws:kms"), absent(KEY_ID)),
  ];
}

function allowReader({ bucketName, reader }: ArtifactBucketProps): Statement[] {
  if (!reader) return [];
  const arn = bucketArn(bucketName);
  const role = onlyRole(reader.accountId, reader.roleArn);
  return [
    {
      sid: "DeployRoleReadsArtifacts",
      ...role,
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      resources: [`${arn}/*`],
    },
    {
      sid: "DeployRoleReadsBucket",
      ...role,
      actions: ["s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"],
      resources: [arn],
    },
  ];
}
