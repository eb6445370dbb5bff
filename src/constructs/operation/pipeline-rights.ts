import type { Statement } from "../iam/policy-document";
import { readLogs, statements, type Rights } from "./operator-policy";

/** A pipeline and its build. */
export interface OperatedPipeline {
  readonly pipelineArn: string;
  /** ARN of the action that waits for a person. @default - none */
  readonly approvalArn?: string;
  readonly projectArn: string;
  readonly logGroupArn: string;
  /** ARN of the CodeCommit repository. @default - the source is behind a connection */
  readonly repositoryArn?: string;
}

/** Sees executions, builds, their logs and their commits. Operators also approve and stop. Nobody starts or changes anything. */
export function pipelineRights(pipelines: readonly OperatedPipeline[], rights: Rights): Statement[] {
  const operate = (...actions: string[]) => (rights === "operate" ? actions : []);
  return statements([
    {
      sid: "Executions",
      actions: [
        "codepipeline:GetPipeline",
        "codepipeline:GetPipelineState",
        "codepipeline:GetPipelineExecution",
        "codepipeline:ListPipelineExecutions",
        "codepipeline:ListActionExecutions",
        ...operate("codepipeline:StopPipelineExecution"),
      ],
      resources: pipelines.map(({ pipelineArn }) => pipelineArn),
    },
    {
      sid: "ApproveReleases",
      actions: operate("codepipeline:PutApprovalResult"),
      resources: pipelines.flatMap(({ approvalArn }) => approvalArn ?? []),
    },
    {
      sid: "SeeBuilds",
      actions: ["codebuild:BatchGetBuilds", "codebuild:ListBuildsForProject"],
      resources: pipelines.map(({ projectArn }) => projectArn),
    },
    {
      sid: "SeeCommits",
      actions: ["codecommit:GetCommit"],
      resources: [...new Set(pipelines.flatMap(({ repositoryArn }) => repositoryArn ?? []))],
    },
    readLogs(pipelines.map(({ logGroupArn }) => logGroupArn)),
  ]);
}
