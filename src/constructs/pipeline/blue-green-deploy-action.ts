import { BUILD_ARTIFACT, type PipelineAction } from "./pipeline-action";

export interface BlueGreenDeployActionProps {
  readonly name: string;
  /** The role, in the environment's account, that reads the artifact and starts the deployment. */
  readonly deployRoleArn: string;
  /** The same ARN, computed: a policy that contains it is known before the role exists. */
  readonly computedDeployRoleArn: string;
  readonly applicationName: string;
  readonly deploymentGroupName: string;
}

/**
 * Releases the built image through CodeDeploy in an environment's account. The provider must be
 * CodeDeployToECS: the provider CodeDeploy expects an AppSpec file inside the revision and fails.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html
 */
export function blueGreenDeployAction(props: BlueGreenDeployActionProps): PipelineAction {
  return {
    action: {
      name: props.name,
      category: "Deploy",
      owner: "AWS",
      provider: "CodeDeployToECS",
      version: "1",
      roleArn: props.deployRoleArn,
      inputArtifacts: [BUILD_ARTIFACT],
      configuration: {
        ApplicationName: props.applicationName,
        DeploymentGroupName: props.deploymentGroupName,
        TaskDefinitionTemplateArtifact: BUILD_ARTIFACT,
        TaskDefinitionTemplatePath: "taskdef.json",
        AppSpecTemplateArtifact: BUILD_ARTIFACT,
        AppSpecTemplatePath: "appspec.yml",
        Image1ArtifactName: BUILD_ARTIFACT,
        // taskdef.json has this name in angle brackets: <IMAGE1_NAME>.
        Image1ContainerName: "IMAGE1_NAME",
      },
    },
    permissions: [
      { sid: "AssumeDeployRole", actions: ["sts:AssumeRole"], resources: [props.computedDeployRoleArn] },
    ],
  };
}
