import type { Parties } from "../parties";
import type { Hop } from "../request";
import { named, onBehalfOf } from "./context";

/** A developer's role: people have it, nothing here makes it. */
export const developerOf = ({ shared }: Parties) => `arn:aws:iam::${shared}:role/developer`;

/** From a push to a running pipeline that has fetched the source. */
export function sourceHops(parties: Parties): Hop[] {
  const { connection, pipeline, roles, shared } = parties;
  const run: Hop = {
    purpose: "run the pipeline",
    principal: "codepipeline.amazonaws.com",
    actions: ["sts:AssumeRole"],
    resource: roles.pipeline,
    owner: shared,
    // CodePipeline sends no source ARN.
    context: { "aws:SourceAccount": shared },
  };
  return connection === undefined
    ? [...developerHops(parties), ...triggerHops(parties, pipeline), run, fetchFromRepository(parties)]
    : [run, fetchThroughConnection(parties, connection)];
}

function developerHops(parties: Parties): Hop[] {
  const developer = {
    principal: developerOf(parties),
    holds: parties.developerPolicy,
    resource: parties.repository,
    owner: parties.shared,
  };
  return [
    { ...developer, purpose: "push a commit", actions: ["codecommit:GitPush", "codecommit:GitPull"] },
    {
      ...developer,
      purpose: "review and merge",
      actions: [
        "codecommit:GetPullRequest",
        "codecommit:ListPullRequests",
        "codecommit:DescribePullRequestEvents",
        "codecommit:BatchGetPullRequests",
        "codecommit:BatchDescribeMergeConflicts",
        "codecommit:CreateBranch",
        "codecommit:CreateCommit",
        "codecommit:CreatePullRequest",
        "codecommit:UpdatePullRequestTitle",
        "codecommit:UpdatePullRequestDescription",
        "codecommit:UpdatePullRequestStatus",
        "codecommit:UpdatePullRequestApprovalState",
        "codecommit:PostCommentForPullRequest",
        "codecommit:UpdateComment",
        "codecommit:MergePullRequestByFastForward",
        "codecommit:EvaluatePullRequestApprovalRules",
      ],
    },
  ];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-trigger-source-repo-changes-cfn.html */
function triggerHops({ roles, rule, shared }: Parties, pipeline: string): Hop[] {
  return [
    {
      purpose: "answer the push",
      principal: "events.amazonaws.com",
      actions: ["sts:AssumeRole"],
      resource: roles.trigger,
      owner: shared,
      context: onBehalfOf(shared, rule),
    },
    {
      purpose: "start the pipeline",
      principal: roles.trigger,
      actions: ["codepipeline:StartPipelineExecution"],
      resource: pipeline,
      owner: shared,
    },
  ];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html */
function fetchFromRepository({ repository, roles, shared }: Parties): Hop {
  return {
    purpose: "fetch the source",
    principal: roles.pipeline,
    actions: [
      "codecommit:GetRepository",
      "codecommit:GetBranch",
      "codecommit:GetCommit",
      "codecommit:UploadArchive",
      "codecommit:GetUploadArchiveStatus",
      "codecommit:CancelUploadArchive",
    ],
    resource: repository,
    owner: shared,
  };
}

/** The service answers to two names, and the ARN of a connection has the one under which it was made. */
function fetchThroughConnection({ roles, shared }: Parties, connection: string): Hop {
  return {
    purpose: "fetch the source",
    principal: roles.pipeline,
    actions: [`${connection.split(":")[2] ?? ""}:UseConnection`],
    ...named(connection, shared),
  };
}
