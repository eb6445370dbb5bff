import { isUnknownPolicy, placeOf } from "../policy/holders";
import type { Rule } from "./rule";

/** AWS gives these a policy if none is written. */
const WITH_DEFAULT = [
  "aws_kms_key",
  "aws_secretsmanager_secret",
  "aws_sns_topic",
  "aws_sqs_queue",
  "aws_vpc_endpoint",
];

export const policyUnknown: Rule = {
  name: "policy-unknown",
  finds: "what a policy will say is known only at apply",
  fact: "A policy from a data source is read again at apply if anything that it refers to changes, often without any effect. Where the plan holds the arguments, the policy is built from them and compared.",
  see: "https://developer.hashicorp.com/terraform/language/data-sources#data-resource-dependencies",
  judge(change, plan) {
    const place = placeOf(change);
    if (!place || !(change.stays || change.kind === "create") || !isUnknownPolicy(plan, change))
      return undefined;
    if (change.kind !== "update" && WITH_DEFAULT.includes(change.type)) return undefined;
    return { verdict: "look", why: "the new policy is known only at apply", judged: [place.attribute] };
  },
};
