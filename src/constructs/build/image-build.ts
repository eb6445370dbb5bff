import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Construct } from "constructs";
import { Role } from "../iam/role";
import { trustService } from "../iam/trust";
import { buildPermissions } from "./build-permissions";

export interface ImageBuildProps {
  readonly projectName: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly logGroupName: string;
  readonly accountId: string;
  readonly region: string;
  /** An image that CodeBuild provides. */
  readonly image: string;
  readonly computeType: string;
  /** Path of the buildspec in the repository. */
  readonly buildspec: string;
  readonly timeoutMinutes: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly artifacts: BuildArtifacts;
  /** The role, in the environment's account, that pushes the image. */
  readonly pushRoleArn: string;
  readonly logRetentionDays: number;
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
        type: "LINUX_CONTAINER",
        image: props.image,
        computeType: props.computeType,
        imagePullCredentialsType: "CODEBUILD",
        // Required to run the Docker daemon inside the build.
        privilegedMode: true,
        environmentVariable: Object.entries(props.variables).map(([name, value]) => ({ name, value })),
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
