import type { Repository } from "../../system/system";
import { actionsOf, personWith } from "../calls/call";
import { toBranch } from "../calls/source";
import type { ForbiddenCall } from "../request";
import { forbid } from "./forbid";

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
  return protectedBranches.map((branch) =>
    developer(reason, CHANGES, arn, { context: toBranch(branch), deniedBy }),
  );
}
