import type { Repository } from "../../system/system";
import { actionsOf, personWith } from "../calls/call";
import { toBranch } from "../calls/source";
import type { Parties } from "../parties";
import type { ForbiddenCall } from "../request";
import { forbid } from "./forbid";

const DELETE_OR_SKIP_REVIEWS = "codecommit:DeleteRepository OverridePullRequestApprovalRules";

/** What a developer must not be able to do. */
export function developerGuards({ developerPolicy, pipeline, repository }: Parties["arns"]): ForbiddenCall[] {
  const developer = forbid(...personWith(developerPolicy, "developer"));
  return [
    developer("a developer would delete the source or skip its reviews", DELETE_OR_SKIP_REVIEWS, repository),
    developer("a developer would release without a commit", "codepipeline:StartPipelineExecution", pipeline),
  ];
}

const CHANGES = `codecommit:GitPush DeleteBranch PutFile DeleteFile CreateCommit MergeBranchesByFastForward
  MergeBranchesBySquash MergeBranchesByThreeWay`;

/** A developer changes a protected branch by a pull request only, whatever other policies the developer has. */
export function reviewGuards({ arn, developerPolicyArn, protectedBranches }: Repository): ForbiddenCall[] {
  const References = protectedBranches.map((branch) => `refs/heads/${branch}`);
  const deniedBy = {
    Sid: "ChangeByPullRequestOnly",
    Effect: "Deny",
    Action: actionsOf(CHANGES),
    Resource: arn,
    Condition: {
      StringEquals: { "codecommit:References": References },
      Null: { "codecommit:References": "false" },
    },
  };
  const developer = forbid(...personWith(developerPolicyArn, "developer"));
  const reason = "a developer would change a protected branch without approval";
  return protectedBranches.map((branch) => {
    return { ...developer(reason, CHANGES, arn, toBranch(branch)), deniedBy };
  });
}
