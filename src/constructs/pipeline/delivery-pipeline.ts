import { Codepipeline, type CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { condition, type Statement } from "../iam/policy-document";
import { Role } from "../iam/role";
import { trustService } from "../iam/trust";
import type { PipelineStage } from "./pipeline-action";

export interface DeliveryPipelineProps {
  readonly pipelineName: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly accountId: string;
  readonly artifactStore: ArtifactStore;
  readonly stages: readonly PipelineStage[];
  /** What starts the pipeline, if its source action does not. @default - the source action, or an event rule */
  readonly trigger?: CodepipelineTrigger;
}

export interface ArtifactStore {
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly kmsKeyArn: string;
  /** Prefix of the key of every artifact of the pipeline. */
  readonly keyPrefix: string;
  /** The policies of bucket and key: creating the pipeline starts its first run. */
  readonly ready: readonly ITerraformDependable[];
}

/** A pipeline that runs its stages in order. A newer revision supersedes an older one. */
export class DeliveryPipeline extends Construct {
  public readonly pipelineName: string;
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: DeliveryPipelineProps) {
    super(scope, id);
    const { artifactStore, stages } = props;

    const role = new Role(this, "role", {
      name: props.roleName,
      path: props.rolePath,
      description: `Runs pipeline ${props.pipelineName}`,
      // CodePipeline documents no source ARN for its role.
      trust: trustService({ service: "codepipeline.amazonaws.com", sourceAccountId: props.accountId }),
      permissions: [
        ...storeArtifacts(props),
        ...stages.flatMap(({ actions }) => actions.flatMap(({ permissions }) => permissions)),
      ],
    });
    const pipeline = new Codepipeline(this, "pipeline", {
      name: props.pipelineName,
      roleArn: role.arn,
      pipelineType: "V2",
      executionMode: "SUPERSEDED",
      artifactStore: [
        {
          type: "S3",
          location: artifactStore.bucketName,
          encryptionKey: { id: artifactStore.kmsKeyArn, type: "KMS" },
        },
      ],
      stage: stages.map(({ name, actions }) => ({
        name,
        action: actions.map(({ action }, index) => ({ ...action, runOrder: index + 1 })),
      })),
      trigger: props.trigger && [props.trigger],
      dependsOn: [...role.ready, ...artifactStore.ready],
    });

    this.pipelineName = pipeline.name;
    this.arn = pipeline.arn;
  }
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html */
function storeArtifacts({ accountId, artifactStore }: DeliveryPipelineProps): Statement[] {
  const ownBucket = [condition("StringEquals", "aws:ResourceAccount", accountId)];
  return [
    {
      sid: "FindArtifacts",
      actions: ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"],
      resources: [artifactStore.bucketArn],
      condition: ownBucket,
    },
    {
      sid: "PassArtifacts",
      actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectAcl"],
      resources: [`${artifactStore.bucketArn}/${artifactStore.keyPrefix}*/*`],
      condition: ownBucket,
    },
    {
      sid: "UseArtifactKey",
      actions: ["kms:DescribeKey", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      resources: [artifactStore.kmsKeyArn],
    },
  ];
}
