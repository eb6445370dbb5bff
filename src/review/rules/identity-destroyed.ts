import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { carries } from "./kinds";
import type { Rule } from "./rule";

export const identityDestroyed: Rule = {
  name: "identity-destroyed",
  finds: "a role, user or identity provider is destroyed or replaced",
  fact: "Who uses the role gets AccessDenied. A role of the same name is another principal: policies that name the old one keep its unique id and no longer match.",
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  judge(change, plan) {
    const { deposed, ends, kind, type } = change;
    if (!ends || carries(type) !== "identity") return undefined;
    if (deposed) return { verdict: "look", why: "destroyed: what an earlier replacement has left" };
    if (kind === "delete" && endsWithUsers(change, plan))
      return { verdict: "look", why: "destroyed together with all that uses it in this plan" };
    return {
      verdict: "dangerous",
      why: `${kind === "replace" ? "replaced" : "destroyed"}: who uses it loses its permissions`,
    };
  },
};

/** Whether something in the plan uses it, and all of that is destroyed too. */
function endsWithUsers({ before }: Change, plan: Plan): boolean {
  const users = plan
    .usersOf(before.arn)
    .filter(({ managed, type }) => managed && !type.startsWith("aws_iam_"));
  return users.length > 0 && users.every(({ kind }) => kind === "delete");
}
