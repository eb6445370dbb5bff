import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import type { Rule } from "./rule";

export const groupReplaced: Rule = {
  name: "group-replaced",
  finds: "a security group is destroyed or replaced, for example by a new description",
  fact: "AWS refuses to delete a group in use (DependencyViolation), and a CODE_DEPLOY service keeps its groups until a release. Tasks stay in a group without rules.",
  see: "https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html",
  judge(change, plan) {
    if (change.type !== "aws_security_group" || !change.ends) return undefined;
    const verb = change.kind === "replace" ? "replaced" : "destroyed";
    return isUsed(change, plan)
      ? { verdict: "dangerous", why: `${verb}, but something that stays uses it` }
      : { verdict: "look", why: `${verb}: whatever uses it loses its rules` };
  },
};

/** Whether a resource that stays refers to it, other than its own rules. */
function isUsed({ address, before }: Change, plan: Plan): boolean {
  return plan
    .usersOf(before.id)
    .some(
      (user) =>
        user.managed &&
        user.address !== address &&
        user.kind !== "delete" &&
        user.before.security_group_id !== before.id,
    );
}
