import { buildAction, type BuildActionProps } from "../../../src/constructs/build/build-action";

const props: BuildActionProps = {
  projectName: "bys-shared-cdb-awssdk-iam-dev",
  projectArn: "arn:aws:codebuild:ap-northeast-2:202949997891:project/bys-shared-cdb-awssdk-iam-dev",
};

const { action, permissions } = buildAction(props);
const { EnvironmentVariables = "" } = action.configuration ?? {};

describe("buildAction", () => {
  it("runs the project", () => {
    expect(action).toMatchObject({
      category: "Build",
      owner: "AWS",
      provider: "CodeBuild",
      version: "1",
      configuration: { ProjectName: "bys-shared-cdb-awssdk-iam-dev" },
    });
  });

  it("takes the source, and leaves what it built with its variables", () => {
    expect(action).toMatchObject({
      inputArtifacts: ["SourceArtifact"],
      outputArtifacts: ["BuildArtifact"],
      namespace: "BuildVariables",
    });
  });

  it("tells the build its commit and branch, from the source action", () => {
    expect(JSON.parse(EnvironmentVariables)).toEqual([
      { name: "COMMIT_ID", value: "#{SourceVariables.CommitId}", type: "PLAINTEXT" },
      { name: "BRANCH_NAME", value: "#{SourceVariables.BranchName}", type: "PLAINTEXT" },
    ]);
  });

  it("leaves the variables to CodePipeline: to Terraform they are no template", () => {
    expect(EnvironmentVariables).not.toContain("${");
    expect(EnvironmentVariables.length).toBeLessThan(1000);
  });

  it("runs builds of that project, none in batches, and changes nothing of it", () => {
    expect(permissions).toEqual([
      {
        sid: "RunBuild",
        actions: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
        resources: [props.projectArn],
      },
    ]);
  });
});
