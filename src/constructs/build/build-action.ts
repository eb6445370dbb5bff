import { BUILD_ARTIFACT, SOURCE_ARTIFACT, type PipelineAction } from "../pipeline/pipeline-action";

export interface BuildActionProps {
  readonly projectName: string;
  readonly projectArn: string;
  /** The branch, if the source action has none: AWS documents none for a Git tag. */
  readonly branch?: string;
}

/** Builds the image. Its output artifact holds the three files that the deploy action reads. */
export function buildAction({ branch, projectName, projectArn }: BuildActionProps): PipelineAction {
  const variable = (name: string, value: string) => ({ name, value, type: "PLAINTEXT" });
  return {
    action: {
      name: "Build",
      category: "Build",
      owner: "AWS",
      provider: "CodeBuild",
      version: "1",
      namespace: "BuildVariables",
      inputArtifacts: [SOURCE_ARTIFACT],
      outputArtifacts: [BUILD_ARTIFACT],
      configuration: {
        ProjectName: projectName,
        EnvironmentVariables: JSON.stringify([
          variable("COMMIT_ID", "#{SourceVariables.CommitId}"),
          variable("BRANCH_NAME", branch ?? "#{SourceVariables.BranchName}"),
        ]),
      },
    },
    permissions: [
      {
        sid: "RunBuild",
        actions: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
        resources: [projectArn],
      },
    ],
  };
}
