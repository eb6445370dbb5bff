import {
  codeCommitSourceAction,
  type CodeCommitSourceActionProps,
} from "../../../src/constructs/source/code-commit-source-action";

const props: CodeCommitSourceActionProps = {
  repositoryName: "awssdk-iam",
  repositoryArn: "arn:aws:codecommit:ap-northeast-2:202949997891:awssdk-iam",
  branch: "develop",
};

const { action, permissions } = codeCommitSourceAction(props);

describe("codeCommitSourceAction", () => {
  it("fetches one branch of one repository", () => {
    expect(action).toMatchObject({
      category: "Source",
      owner: "AWS",
      provider: "CodeCommit",
      version: "1",
      configuration: {
        RepositoryName: "awssdk-iam",
        BranchName: "develop",
        OutputArtifactFormat: "CODE_ZIP",
      },
    });
  });

  it("does not poll; CodePipeline reads the string false, and polls when it reads nothing", () => {
    expect(action.configuration?.PollForSourceChanges).toBe("false");
  });

  it("leaves the source and its variables, and takes no artifact", () => {
    expect(action).toMatchObject({ outputArtifacts: ["SourceArtifact"], namespace: "SourceVariables" });
    expect(action).not.toHaveProperty("inputArtifacts");
  });

  it("reads that repository, and neither pushes nor merges", () => {
    expect(permissions).toEqual([
      {
        sid: "FetchSource",
        actions: [
          "codecommit:GetRepository",
          "codecommit:GetBranch",
          "codecommit:GetCommit",
          "codecommit:UploadArchive",
          "codecommit:GetUploadArchiveStatus",
          "codecommit:CancelUploadArchive",
        ],
        resources: [props.repositoryArn],
      },
    ]);
  });
});
