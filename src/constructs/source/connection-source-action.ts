import { SOURCE_ARTIFACT, type PipelineAction } from "../pipeline/pipeline-action";

export interface ConnectionSourceActionProps {
  /** An available connection to GitHub, GitLab or Bitbucket. */
  readonly connectionArn: string;
  /** `owner/name` */
  readonly repository: string;
  readonly branch: string;
}

/** Fetches a branch through a connection. The connection starts the pipeline on a push. */
export function connectionSourceAction(props: ConnectionSourceActionProps): PipelineAction {
  return {
    action: {
      name: "Source",
      category: "Source",
      owner: "AWS",
      // The provider of CodeConnections still has the old name.
      provider: "CodeStarSourceConnection",
      version: "1",
      namespace: "SourceVariables",
      outputArtifacts: [SOURCE_ARTIFACT],
      configuration: {
        ConnectionArn: props.connectionArn,
        FullRepositoryId: props.repository,
        BranchName: props.branch,
        OutputArtifactFormat: "CODE_ZIP",
        DetectChanges: "true",
      },
    },
    permissions: [
      {
        sid: "UseConnection",
        // AWS uses both prefixes, whichever the ARN has.
        actions: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
        resources: [props.connectionArn],
      },
    ],
  };
}
