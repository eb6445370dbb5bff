import { roleArn } from "../../system/arns";
import type { Repository } from "../../system/system";
import { accountOf } from "../arn";
import { actionsOf } from "../calls/call";
import { toBranch } from "../calls/source";
import type { ForbiddenCall } from "../request";
import { forbid } from "./forbid";

const CHANGES = actionsOf(
  "codecommit",
  `GitPush DeleteBranch PutFile DeleteFile CreateCommit MergeBranchesByFastForward MergeBranchesBySquash
  MergeBranchesByThreeWay`,
);

/** A developer changes a protected branch by a pull request only, whatever other policies the developer has. */
export function reviewGuards({ arn, developerPolicyArn, protectedBranches }: Repository): ForbiddenCall[] {
  const developer = forbid(roleArn(accountOf(arn), "developer"));
  const References = protectedBranches.map((branch) => `refs/heads/${branch}`);
  const deniedBy = {
    Sid: "ChangeByPullRequestOnly",
    Effect: "Deny",
    Action: CHANGES,
    Resource: arn,
    Condition: {
      StringEquals: { "codecommit:References": References },
      Null: { "codecommit:References": "false" },
    },
  } as const;
  return protectedBranches.map((branch) =>
    developer("a developer would change a protected branch without approval", CHANGES, arn, {
      attachedPolicyArn: developerPolicyArn,
      context: toBranch(branch),
      deniedBy,
    }),
  );
}
