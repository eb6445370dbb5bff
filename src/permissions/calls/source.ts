import { roleArn } from "../../system/arns";
import type { Repository } from "../../system/system";
import { accountOf } from "../arn";
import type { Parties } from "../parties";
import type { Context, RequiredCall } from "../request";
import { actionsOf, assume, assumeFor, callsBy, named, useOf } from "./call";

/** A role of a developer. It is not part of the system; the developers' policy is attached to it. */
export const developerOf = ({ shared }: Parties) => roleArn(shared.id, "developer");

const REVIEW_AND_MERGE = actionsOf(
  "codecommit",
  `GetPullRequest ListPullRequests DescribePullRequestEvents BatchGetPullRequests
  BatchDescribeMergeConflicts CreateBranch CreateCommit CreatePullRequest UpdatePullRequestTitle
  UpdatePullRequestDescription UpdatePullRequestStatus UpdatePullRequestApprovalState
  PostCommentForPullRequest UpdateComment MergePullRequestByFastForward EvaluatePullRequestApprovalRules`,
);

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html */
const FETCH = actionsOf(
  "codecommit",
  "GetRepository GetBranch GetCommit UploadArchive GetUploadArchiveStatus CancelUploadArchive",
);

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
    return [...developerCalls(parties), ...triggerCalls(parties), run, fetch];
  }
  const { arn } = connection;
  return [run, pipeline("fetch the source", [useOf(arn)], arn, named(arn, shared.id))];
}

function developerCalls(parties: Parties): RequiredCall[] {
  const { developerPolicy: attachedPolicyArn, repository } = parties.arns;
  const developer = (purpose: string, actions: readonly string[]) =>
    callsBy(developerOf(parties))(purpose, actions, repository, { attachedPolicyArn });
  return [
    developer("push a commit", ["codecommit:GitPush", "codecommit:GitPull"]),
    developer("review and merge", REVIEW_AND_MERGE),
  ];
}

const MERGE = "MergePullRequestByFastForward MergePullRequestBySquash MergePullRequestByThreeWay";

/** What developers can do where a pull request needs approvals. */
export function reviewCalls({ arn, developerPolicyArn, protectedBranches }: Repository): RequiredCall[] {
  const developer = callsBy(roleArn(accountOf(arn), "developer"));
  const on = (branch: string) => ({ attachedPolicyArn: developerPolicyArn, context: toBranch(branch) });
  return [
    developer("push to another branch", ["codecommit:GitPush"], arn, on("unprotected-branch")),
    ...protectedBranches.map((branch) =>
      developer("merge what was approved", actionsOf("codecommit", MERGE), arn, on(branch)),
    ),
  ];
}

/** The branch that a call to CodeCommit changes. */
export const toBranch = (branch: string): Context => ({ "codecommit:References": `refs/heads/${branch}` });

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-trigger-source-repo-changes-cfn.html */
const triggerCalls = ({ arns: { pipeline, roles, triggerRule } }: Parties): RequiredCall[] => [
  assumeFor("react to the push", "events", roles.trigger, triggerRule),
  callsBy(roles.trigger)("start the pipeline", ["codepipeline:StartPipelineExecution"], pipeline),
];
