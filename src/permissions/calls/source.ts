import type { Repository } from "../../system/system";
import type { Parties } from "../parties";
import type { Context, RequiredCall } from "../request";
import { assume, assumeFor, callsBy, named, personWith, useOf } from "./call";

const REVIEW_AND_MERGE = `codecommit:GetPullRequest ListPullRequests DescribePullRequestEvents
  BatchGetPullRequests BatchDescribeMergeConflicts CreateBranch CreateCommit CreatePullRequest
  UpdatePullRequestTitle UpdatePullRequestDescription UpdatePullRequestStatus UpdatePullRequestApprovalState
  PostCommentForPullRequest UpdateComment MergePullRequestByFastForward EvaluatePullRequestApprovalRules`;

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html */
const FETCH =
  "codecommit:GetRepository GetBranch GetCommit UploadArchive GetUploadArchiveStatus CancelUploadArchive";

/**
 * From a push to a pipeline that runs and has fetched the source. The service of connections was renamed: AWS
 * checks the action under the name that the connection's ARN has.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html
 */
export function sourceCalls(parties: Parties): RequiredCall[] {
  const { arns, service, shared } = parties;
  const { connection } = service.source;
  const pipeline = callsBy(arns.roles.pipeline);
  // CodePipeline sends no source ARN.
  const run = assume("run the pipeline", "codepipeline.amazonaws.com", arns.roles.pipeline, {
    "aws:SourceAccount": shared.id,
  });
  if (connection === undefined) {
    const fetch = pipeline("fetch the source", FETCH, arns.repository);
    return [...developerCalls(arns), ...triggerCalls(parties), run, fetch];
  }
  const { arn } = connection;
  return [run, named(pipeline("fetch the source", useOf(arn), arn))];
}

function developerCalls({ developerPolicy, repository }: Parties["arns"]): RequiredCall[] {
  const developer = callsBy(...personWith(developerPolicy, "developer"));
  return [
    developer("push a commit", "codecommit:GitPush GitPull", repository),
    developer("review and merge", REVIEW_AND_MERGE, repository),
  ];
}

const MERGE = "codecommit:MergePullRequestByFastForward MergePullRequestBySquash MergePullRequestByThreeWay";

/** What developers can do where a pull request needs approvals. */
export function reviewCalls({ arn, developerPolicyArn, protectedBranches }: Repository): RequiredCall[] {
  const developer = callsBy(...personWith(developerPolicyArn, "developer"));
  return [
    developer("push to another branch", "codecommit:GitPush", arn, toBranch("unprotected-branch")),
    ...protectedBranches.map((branch) => developer("merge what was approved", MERGE, arn, toBranch(branch))),
  ];
}

/** The branch that a call to CodeCommit changes. */
export const toBranch = (branch: string): Context => ({ "codecommit:References": `refs/heads/${branch}` });

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-trigger-source-repo-changes-cfn.html */
const triggerCalls = ({ arns: { pipeline, roles, triggerRule } }: Parties): RequiredCall[] => [
  assumeFor("react to the push", "events", roles.trigger, triggerRule),
  callsBy(roles.trigger)("start the pipeline", "codepipeline:StartPipelineExecution", pipeline),
];
