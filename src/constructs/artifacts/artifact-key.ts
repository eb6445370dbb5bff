import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import {
  accountPrincipal,
  condition,
  onlyRole,
  policyDocument,
  type Statement,
} from "../iam/policy-document";

/** A role of another account and the bucket from which it reads artifacts. */
export interface ArtifactReader {
  /** Makes the ids of this reader's statements unique. Letters and digits only. */
  readonly sidPrefix: string;
  readonly accountId: string;
  readonly roleArn: string;
  readonly bucketArn: string;
}

export interface ArtifactKeyProps {
  /** The alias, with `alias/`. The readers' policies name the key by it before the key exists. */
  readonly aliasName: string;
  readonly description: string;
  readonly accountId: string;
  readonly region: string;
  readonly readers: readonly ArtifactReader[];
  /** Whether the key has AWS's longest waiting period before it is deleted. */
  readonly protect: boolean;
}

const MIN_DELETION_DAYS = 7;
const MAX_DELETION_DAYS = 30;

/** The KMS key of a service's artifacts, with which the deploy roles of its environments may decrypt. */
export class ArtifactKey extends Construct {
  /** Other accounts must use the ARN: an alias is valid in its own account only. */
  public readonly arn: string;
  public readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ArtifactKeyProps) {
    super(scope, id);

    const key = new KmsKey(this, "key", {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: props.protect ? MAX_DELETION_DAYS : MIN_DELETION_DAYS,
    });
    new KmsAlias(this, "alias", { name: props.aliasName, targetKeyId: key.keyId });
    const policy = new KmsKeyPolicy(this, "policy", {
      keyId: key.keyId,
      policy: policyDocument([
        administeredBy(props.accountId),
        ...props.readers.flatMap((reader) => readableBy(reader, props.region)),
      ]),
    });

    this.arn = key.arn;
    this.ready = [policy];
  }
}

/** Delegates to the account's identity policies. In a key policy, `*` is the key itself. */
function administeredBy(accountId: string): Statement {
  return {
    sid: "AccountAdministration",
    principals: [accountPrincipal(accountId)],
    actions: ["kms:*"],
    resources: ["*"],
  };
}

/**
 * The encryption context is the bucket's ARN with a bucket key, and the object's ARN without one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
 */
function readableBy(
  { sidPrefix, accountId, roleArn, bucketArn }: ArtifactReader,
  region: string,
): Statement[] {
  const role = onlyRole(accountId, roleArn);
  return [
    {
      sid: `${sidPrefix}DeployRoleDecryptsThroughS3`,
      principals: role.principals,
      actions: ["kms:Decrypt"],
      resources: ["*"],
      condition: [
        ...role.condition,
        condition("StringEquals", "kms:ViaService", `s3.${region}.amazonaws.com`),
        condition("StringLike", "kms:EncryptionContext:aws:s3:arn", bucketArn, `${bucketArn}/*`),
      ],
    },
    { sid: `${sidPrefix}DeployRoleDescribes`, ...role, actions: ["kms:DescribeKey"], resources: ["*"] },
  ];
}
