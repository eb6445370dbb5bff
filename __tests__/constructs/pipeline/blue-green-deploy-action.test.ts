import {
  blueGreenDeployAction,
  type BlueGreenDeployActionProps,
} from "../../../src/constructs/pipeline/blue-green-deploy-action";
import { BUILD_ARTIFACT } from "../../../src/constructs/pipeline/pipeline-action";

const props: BlueGreenDeployActionProps = {
  name: "DeployToDev",
  deployRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-create-cdp-in-shared",
  computedDeployRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-create-cdp-in-shared",
  applicationName: "bys-dev-cddp-ecs-main-awssdk-iam",
  deploymentGroupName: "bys-dev-cddpg-ecs-main-awssdk-iam",
};

const { action, permissions } = blueGreenDeployAction(props);

describe("blueGreenDeployAction", () => {
  it("deploys through CodeDeployToECS, not CodeDeploy, which looks for an AppSpec inside a revision", () => {
    expect(action).toMatchObject({
      name: "DeployToDev",
      category: "Deploy",
      owner: "AWS",
      provider: "CodeDeployToECS",
      version: "1",
    });
  });

  it("acts as the environment's deploy role", () => {
    expect(action.roleArn).toBe(props.deployRoleArn);
  });

  it("deploys to the environment's application and group", () => {
    expect(action.configuration).toMatchObject({
      ApplicationName: "bys-dev-cddp-ecs-main-awssdk-iam",
      DeploymentGroupName: "bys-dev-cddpg-ecs-main-awssdk-iam",
    });
  });

  it("reads its templates by their names in the build's artifact", () => {
    expect(action.configuration).toMatchObject({
      TaskDefinitionTemplatePath: "taskdef.json",
      AppSpecTemplatePath: "appspec.yml",
    });
  });

  it("reads no artifact that is not its input, and leaves none", () => {
    expect(action.inputArtifacts).toEqual([BUILD_ARTIFACT]);
    const { TaskDefinitionTemplateArtifact, AppSpecTemplateArtifact, Image1ArtifactName } =
      action.configuration ?? {};
    expect([TaskDefinitionTemplateArtifact, AppSpecTemplateArtifact, Image1ArtifactName]).toEqual([
      BUILD_ARTIFACT,
      BUILD_ARTIFACT,
      BUILD_ARTIFACT,
    ]);
    expect(action).not.toHaveProperty("outputArtifacts");
  });

  it("names the image's placeholder without brackets", () => {
    expect(action.configuration?.Image1ContainerName).toBe("IMAGE1_NAME");
    expect(JSON.stringify(action.configuration)).not.toMatch(/[<>]/);
  });

  it("has no value longer than CodePipeline's 1000 characters", () => {
    for (const value of Object.values(action.configuration ?? {})) expect(value.length).toBeLessThan(1000);
  });

  it("lets the pipeline's role assume the deploy role, and do nothing itself", () => {
    expect(permissions).toEqual([
      { sid: "AssumeDeployRole", actions: ["sts:AssumeRole"], resources: [props.deployRoleArn] },
    ]);
  });
});
