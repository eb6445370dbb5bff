import { Construct } from "constructs";
import { condition, type Statement } from "../iam/policy-document";
import { registerTasks } from "../iam/register-tasks";
import { Role } from "../iam/role";
import { trustRole } from "../iam/trust";

export interface DeployRoleProps {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly pipeline: PipelineAccount;
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  readonly deploymentConfigName: string;
  readonly taskFamily: string;
  /** ARNs of the execution role and the task role, which a task definition may name. */
  readonly taskRoleArns: readonly string[];
}

/** The resources of the pipeline's account. They need not exist yet. */
export interface PipelineAccount {
  readonly accountId: string;
  readonly pipelineRoleArn: string;
  readonly artifactBucketArn: string;
  /** The key's ARN is not known before the key exists, but its alias is. */
  readonly artifactKeyAlias: string;
}

/** The role that the shared account's pipeline assumes to release a service in this account. */
export class DeployRole extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: DeployRoleProps) {
    super(scope, id);

    const { accountId, region, taskFamily, taskRoleArns } = props;
    const taskDefinitionArn = `arn:aws:ecs:${region}:${accountId}:task-definition/${taskFamily}`;
    this.arn = new Role(this, "role", {
      name: props.name,
      description: "Releases through CodeDeploy, from the shared account's pipeline",
      trust: trustRole(props.pipeline.accountId, props.pipeline.pipelineRoleArn),
      permissions: [
        ...readArtifacts(props),
        ...startDeployment(props),
        ...registerTasks([taskDefinitionArn], taskRoleArns),
      ],
    }).arn;
  }
}

/** The bucket policy and the key policy in the shared account must also allow this. */
function readArtifacts({ pipeline, region }: DeployRoleProps): Statement[] {
  const { accountId, artifactBucketArn, artifactKeyAlias } = pipeline;
  const sharedBucket = [condition("StringEquals", "aws:ResourceAccount", accountId)];
  return [
    {
      sid: "ReadArtifacts",
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      resources: [`${artifactBucketArn}/*`],
      condition: sharedBucket,
    },
    {
      sid: "FindArtifacts",
      actions: ["s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"],
      resources: [artifactBucketArn],
      condition: sharedBucket,
    },
    {
      sid: "DecryptArtifacts",
      actions: ["kms:Decrypt", "kms:DescribeKey"],
      // The ARN of an alias as resource grants nothing. The condition selects the key with the alias.
      resources: [`arn:aws:kms:${region}:${accountId}:key/*`],
      condition: [condition("ForAnyValue:StringEquals", "kms:ResourceAliases", artifactKeyAlias)],
    },
  ];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html */
function startDeployment(props: DeployRoleProps): Statement[] {
  const arn = (resource: string) => `arn:aws:codedeploy:${props.region}:${props.accountId}:${resource}`;
  return [
    {
      sid: "RegisterRevision",
      actions: [
        "codedeploy:GetApplication",
        "codedeploy:GetApplicationRevision",
        "codedeploy:RegisterApplicationRevision",
      ],
      resources: [arn(`application:${props.applicationName}`)],
    },
    {
      sid: "StartDeployment",
      actions: ["codedeploy:CreateDeployment", "codedeploy:GetDeployment"],
      resources: [arn(`deploymentgroup:${props.applicationName}/${props.deploymentGroupName}`)],
    },
    {
      sid: "ReadDeploymentConfig",
      actions: ["codedeploy:GetDeploymentConfig"],
      resources: [arn(`deploymentconfig:${props.deploymentConfigName}`)],
    },
  ];
}
