import type { Statement } from "../iam/policy-document";
import { outputFormat, SOURCE_ARTIFACT, type PipelineAction } from "../pipeline/pipeline-action";

export interface CodeCommitSourceActionProps {
  readonly repositoryName: string;
  readonly repositoryArn: string;
  readonly branch: string;
  /** Whether the build clones the repository, in place of a ZIP archive of the commit. @default false */
  readonly fullClone?: boolean;
}

/** What the role of a build needs to clone a repository. */
export const pullFrom = (repositoryArn: string): Statement => ({
  sid: "CloneSource",
  actions: ["codecommit:GitPull"],
  resources: [repositoryArn],
});

/** Fetches a branch of a CodeCommit repository. An event rule starts the pipeline. */
export function codeCommitSourceAction(props: CodeCommitSourceActionProps): PipelineAction {
  return {
    action: {
      name: "Source",
      category: "Source",
      owner: "AWS",
      provider: "CodeCommit",
      version: "1",
      namespace: "SourceVariables",
      outputArtifacts: [SOURCE_ARTIFACT],
      configuration: {
        RepositoryName: props.repositoryName,
        BranchName: props.branch,
        OutputArtifactFormat: outputFormat(props.fullClone),
        // The default is true: polling in addition to the rule, so two runs for each push.
        PollForSourceChanges: "false",
      },
    },
    permissions: [
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
    ],
  };
}
