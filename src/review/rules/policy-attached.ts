import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { documentIn, holderOf } from "../policy/holders";
import { riskOf } from "../policy/risk";
import { textsOf } from "../plan/values";
import type { Finding, Rule } from "./rule";

const TYPES = [
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy_attachment",
  "aws_iam_group_policy_attachment",
  "aws_iam_policy_attachment",
];

/** Policies of AWS that give nearly everything, or rights to give rights. */
const WIDE = /:aws:policy\/(.*\/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess|\w*FullAccess)$/;

export const policyAttached: Rule = {
  name: "policy-attached",
  finds: "a managed policy is attached to, or detached from, a role, user or group",
  fact: "AWS changes the policies that it manages; AdministratorAccess and those that end in FullAccess give every action of a service on every resource.",
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  judge(change, plan) {
    if (change.type === "aws_iam_role" && ["create", "update"].includes(change.kind))
      return judgeRole(change);
    if (!TYPES.includes(change.type)) return undefined;
    if (change.kind === "delete") return { verdict: "look", why: "detached: what used its rights fails" };
    if (change.kind !== "create" && !change.stays) return undefined;
    const judged = change.changed;
    if (typeof change.after.policy_arn === "string" && WIDE.test(change.after.policy_arn))
      return { verdict: "dangerous", why: "attaches a policy of AWS that gives nearly everything", judged };
    if (change.kind === "replace" && change.before.policy_arn === change.after.policy_arn)
      return { verdict: "look", why: "attached again: its rights are missing for a moment", judged };
    return isSerious(change, plan)
      ? {
          verdict: "dangerous",
          why: "attaches a policy of this plan with wide rights to something that exists",
          judged,
        }
      : { verdict: "look", why: "attaches a managed policy", judged };
  },
};

function judgeRole({ after, before, changed, kind }: Change): Finding | undefined {
  const attribute = "managed_policy_arns";
  if (!changed.includes(attribute)) return undefined;
  const old = textsOf(before[attribute]);
  const wide = textsOf(after[attribute]).some((arn) => WIDE.test(arn) && !old.includes(arn));
  const judged = [attribute];
  if (wide)
    return { verdict: "dangerous", why: "attaches a policy of AWS that gives nearly everything", judged };
  return kind === "update" ? { verdict: "look", why: "other managed policies", judged } : undefined;
}

/** Whether the policy may be one that the plan makes and that gives serious rights, and its holder exists. */
function isSerious(change: Change, plan: Plan): boolean {
  const holder = ["role", "user", "group"].find((key) => change.after[key] !== undefined);
  if (holder === undefined || isMade(plan, `aws_iam_${holder}`, change.after[holder])) return false;
  if (typeof change.after.policy_arn === "string") return false;
  return plan.ofType("aws_iam_policy").some((policy) => {
    const document = policy.kind === "create" ? documentIn(plan, policy, "after") : undefined;
    const own = holderOf(plan, policy);
    if (!document || !own) return false;
    const accounts = new Set<string>();
    return document.atoms.some(
      (atom) => riskOf(atom, { ...own, created: false }, accounts).verdict === "dangerous",
    );
  });
}

const isMade = (plan: Plan, type: string, name: unknown) =>
  plan.ofType(type).some(({ after, kind }) => kind === "create" && after.name === name);
