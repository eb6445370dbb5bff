import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import type { Rule } from "./rule";

/** So many objects do not disappear one by one. */
const MANY = 3;

const accountOf = (arn: unknown) =>
  /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(typeof arn === "string" ? arn : "")?.[1];

export const anotherAccount: Rule = {
  name: "another-account",
  finds: "the plan was made with the credentials of another account or region",
  fact: "Nothing that the state holds is found there, so Terraform plans to make everything again: many to add, none to destroy. In the plan, only the changes outside of Terraform show it.",
  see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs#allowed_account_ids-1",
  judge(change, plan) {
    if (change.kind === "drift" && change.actions.includes("delete") && plan.once(foundNothing))
      return { verdict: "dangerous", why: "nothing of the state was found: another account or region" };
    const [before, after] = [accountOf(change.before.arn), accountOf(change.after.arn)];
    return change.stays && before !== undefined && after !== undefined && before !== after
      ? { verdict: "dangerous", why: "it moves to another account" }
      : undefined;
  },
};

/** Types of AWS that are found in any region; those of other providers are found with any credentials. */
const EVERYWHERE = /^aws_(iam|route53|cloudfront|organizations|globalaccelerator)_/;

function foundNothing({ drift, resources }: Plan): boolean {
  const lost = drift.filter(({ actions }) => actions.includes("delete"));
  const found = ({ before, managed, kind, type }: Change) =>
    managed &&
    kind !== "create" &&
    Object.keys(before).length > 0 &&
    type.startsWith("aws_") &&
    !EVERYWHERE.test(type);
  return lost.length >= MANY && !resources.some(found);
}
