import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Construct } from "constructs";
import type { Statement } from "../iam/policy-document";
import type { ReadSecretsProps } from "../iam/read-secrets";
import { Role, type ConfiguredPolicies } from "../iam/role";
import { trustService } from "../iam/trust";
import type { BuildNetwork } from "./build-network";
import { buildPermissions } from "./build-permissions";

/** The secrets and parameters that the build may read are those of `secrets`. */
export interface ImageBuildProps extends ReadSecretsProps {
  readonly projectName: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly logGroupName: string;
  readonly accountId: string;
  readonly region: string;
  readonly architecture: "x86_64" | "arm64";
  /** An image that CodeBuild provides, of the same architecture. */
  readonly image: string;
  readonly computeType: string;
  /** Path of a buildspec in the repository, or a buildspec. */
  readonly buildspec: string;
  readonly timeoutMinutes: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Secrets Manager secrets or SSM parameters, by the name of the variable. */
  readonly secrets: Readonly<Record<string, BuildSecret>>;
  /** What the build may do in AWS in addition. @default - nothing */
  readonly configured?: ConfiguredPolicies;
  /** ARN of the report group to which the build may add the results of tests. @default - none */
  readonly reportGroupArn?: string;
  /** What a build needs to clone its source. @default - none: it gets an archive */
  readonly cloneSource?: Statement;
  /** @default - outside any VPC, with access to the internet only */
  readonly network?: BuildNetwork;
  readonly artifacts: BuildArtifacts;
  /** The role, in the environment's account, that pushes the image. */
  readonly pushRoleArn: string;
  readonly logRetentionDays: number;
}

/** @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html */
export interface BuildSecret {
  readonly type: "SECRETS_MANAGER" | "PARAMETER_STORE";
  /** ARN of a secret, with an optional JSON key, stage and version; or the name of a parameter. */
  readonly value: string;
}

/** Where a build reads its source and writes its artifacts, cache and logs. */
export interface BuildArtifacts {
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly kmsKeyArn: string;
  readonly cachePrefix: string;
  readonly logPrefix: string;
  /** Prefix of the key of every artifact of the pipeline. */
  readonly pipelineKeyPrefix: string;
  /** ARNs of the objects that a build adds to its output. */
  readonly deliveryFileArns: readonly string[];
}

const QUEUED_TIMEOUT_MINUTES = 480;

/** Builds a container image as an action of a pipeline. */
export class ImageBuild extends Construct {
  public readonly projectName: string;

  constructor(scope: Construct, id: string, props: ImageBuildProps) {
    super(scope, id);
    const { accountId, artifacts, region } = props;

    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: props.logGroupName,
      retentionInDays: props.logRetentionDays,
    });
    const role = new Role(this, "role", {
      name: props.roleName,
      path: props.rolePath,
      description: `Runs CodeBuild project ${props.projectName}`,
      trust: trustService({
        service: "codebuild.amazonaws.com",
        sourceAccountId: accountId,
        sourceArn: `arn:aws:codebuild:${region}:${accountId}:project/${props.projectName}`,
      }),
      permissions: buildPermissions(props),
      configured: props.configured,
    });
    const project = new CodebuildProject(this, "project", {
      name: props.projectName,
      description: `Builds and pushes the image, ${props.projectName}`,
      serviceRole: role.arn,
      buildTimeout: props.timeoutMinutes,
      queuedTimeout: QUEUED_TIMEOUT_MINUTES,
      encryptionKey: artifacts.kmsKeyArn,
      source: { type: "CODEPIPELINE", buildspec: props.buildspec },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        type: props.architecture === "arm64" ? "ARM_CONTAINER" : "LINUX_CONTAINER",
        image: props.image,
        computeType: props.computeType,
        imagePullCredentialsType: "CODEBUILD",
        // Required to run the Docker daemon inside the build.
        privilegedMode: true,
        environmentVariable: [
          ...Object.entries(props.variables).map(([name, value]) => ({ name, value })),
          ...Object.entries(props.secrets).map(([name, secret]) => ({ name, ...secret })),
        ],
      },
      vpcConfig: props.network && {
        vpcId: props.network.vpcId,
        subnets: [...props.network.subnetIds],
        securityGroupIds: [...props.network.securityGroupIds],
      },
      cache: { type: "S3", location: `${artifacts.bucketName}/${artifacts.cachePrefix}` },
      logsConfig: {
        cloudwatchLogs: { status: "ENABLED", groupName: logGroup.name },
        s3Logs: {
          status: "ENABLED",
          location: `${artifacts.bucketName}/${artifacts.logPrefix}`,
          encryptionDisabled: false,
        },
      },
      dependsOn: role.ready,
    });

    this.projectName = project.name;
  }
}
