import {
  connectionSourceAction,
  type ConnectionSourceActionProps,
} from "../../../src/constructs/source/connection-source-action";

const props: ConnectionSourceActionProps = {
  connectionArn:
    "arn:aws:codeconnections:ap-northeast-2:202949997891:connection/6f1d2c3b-4a59-4e6f-8d7c-9b0a1f2e3d4c",
  repository: "bys/awssdk-iam",
  branch: "develop",
};

const { action, permissions } = connectionSourceAction(props);

describe("connectionSourceAction", () => {
  it("goes by the provider's old name, whatever the ARN's", () => {
    expect(action).toMatchObject({
      category: "Source",
      owner: "AWS",
      provider: "CodeStarSourceConnection",
      version: "1",
    });
  });

  it("fetches one branch of one repository, and starts the pipeline on a push", () => {
    expect(action.configuration).toEqual({
      ConnectionArn: props.connectionArn,
      FullRepositoryId: "bys/awssdk-iam",
      BranchName: "develop",
      OutputArtifactFormat: "CODE_ZIP",
      DetectChanges: "true",
    });
  });

  it("leaves starts to a trigger, and gives a reference to clone, if so told", () => {
    const { action: other } = connectionSourceAction({ ...props, detectChanges: false, fullClone: true });
    expect(other.configuration).toMatchObject({
      OutputArtifactFormat: "CODEBUILD_CLONE_REF",
      DetectChanges: "false",
    });
  });

  it("knows no polling, which is CodeCommit's", () => {
    expect(action.configuration).not.toHaveProperty("PollForSourceChanges");
  });

  it("leaves the source and its variables, and takes no artifact", () => {
    expect(action).toMatchObject({ outputArtifacts: ["SourceArtifact"], namespace: "SourceVariables" });
    expect(action).not.toHaveProperty("inputArtifacts");
  });

  it("uses that connection, under both of the service's names, and does not manage it", () => {
    expect(permissions).toEqual([
      {
        sid: "UseConnection",
        actions: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
        resources: [props.connectionArn],
      },
    ]);
  });
});
