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

/** A role of another account that reads artifacts, and the bucket that it reads them from. */
export interface ArtifactReader {
  /** Tells this reader's statements from the others'; letters and digits. */
  readonly sidPrefix: string;
  readonly accountId: string;
  readonly roleArn: string;
  readonly bucketArn: string;
}

export interface ArtifactKeyProps {
  /** The alias, with its `alias/`: how the readers' own policies name the key before it exists. */
  readonly aliasName: string;
  readonly description: string;
  readonly accountId: string;
  readonly region: string;
  readonly readers: readonly ArtifactReader[];
  /** Whether the key outlives a mistake by AWS's longest wait. */
  readonly protect: boolean;
}

const MIN_DELETION_DAYS = 7;
const MAX_DELETION_DAYS = 30;

/** The KMS key of a service's artifacts, which the deploy roles of its environments may decrypt with. */
export class ArtifactKey extends Construct {
  /** The key's ARN, which is the same in every account; an alias is not. */
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

/** In a key policy `*` is the key itself; the account's own identity policies then say who may what. */
function administeredBy(accountId: string): Statement {
  return {
    sid: "AccountAdministration",
    principals: [accountPrincipal(accountId)],
    actions: ["kms:*"],
    resources: ["*"],
  };
}

/**
 * The encryption context is the bucket's ARN with a bucket key, and the object's without.
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
