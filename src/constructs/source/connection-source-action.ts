import type { Statement } from "../iam/policy-document";
import { outputFormat, SOURCE_ARTIFACT, type PipelineAction } from "../pipeline/pipeline-action";

export interface ConnectionSourceActionProps {
  /** An available connection to GitHub, GitLab or Bitbucket. */
  readonly connectionArn: string;
  /** `owner/name` */
  readonly repository: string;
  readonly branch: string;
  /** Whether every push to the branch starts the pipeline. If not, a trigger of the pipeline does. @default true */
  readonly detectChanges?: boolean;
  /** Whether the build clones the repository, in place of a ZIP archive of the commit. @default false */
  readonly fullClone?: boolean;
}

/** AWS uses both prefixes, whichever the ARN has. */
export const useConnection = (connectionArn: string): Statement => ({
  sid: "UseConnection",
  actions: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
  resources: [connectionArn],
});

/** Fetches a branch, or what started the pipeline, through a connection. */
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
        OutputArtifactFormat: outputFormat(props.fullClone),
        DetectChanges: String(props.detectChanges ?? true),
      },
    },
    permissions: [useConnection(props.connectionArn)],
  };
}
