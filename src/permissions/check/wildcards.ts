import { listOf } from "../read/policy-json";
import type { Request } from "../request";
import type { Grant } from "./answers";
import { HOLDS_WITHOUT, isWildcard, partsOf, type Part } from "./parts";
import { resourcePatterns, sourcePatterns } from "./patterns";

/** A part of an allow statement that allows more than it names. */
export interface Wildcard extends Grant {
  /** As the policy has it: `Resource arn:aws:s3:::some-bucket/*`. */
  readonly part: string;
  /** AWS's reason. Undefined if AWS has none. */
  readonly reason?: string;
}

/** The wildcards of a statement. @param uses The required requests that it allows. */
export const wildcardsIn = (grant: Grant, uses: readonly Request[]): Wildcard[] =>
  partsOf(grant.statement)
    .filter(isWildcard)
    .map((part) => ({ ...grant, part: part.name, reason: reasonFor(part, grant, uses) }));

function reasonFor(
  { element, key = "", operator = "", value }: Part,
  grant: Grant,
  uses: readonly Request[],
) {
  if (element === "Action") return actionReason(value, grant);
  if (element === "Resource") return resourceReason(value, grant, uses);
  if (element !== "Condition" || HOLDS_WITHOUT.test(operator)) return undefined;
  const patterns = key === "aws:SourceArn" ? sourcePatterns : resourcePatterns;
  const sent = uses.flatMap(({ context = {} }) => listOf(context[key])).flatMap(patterns);
  return sent.find(({ pattern }) => pattern === value)?.reason;
}

/** Families of CodeCommit actions that people use in the console. */
const PEOPLE = /^codecommit:((BatchDescribe|BatchGet|Describe|Get|List)\*|(MergePullRequest|PostComment)\*)$/;

/** Why a statement may name actions by a pattern. Undefined if it may not. */
function actionReason(pattern: string, { policy, statement }: Grant) {
  const { account, holder, kind } = policy;
  const principals = partsOf(statement).filter(({ element }) => element === "Principal");
  const forAccount = principals.map(({ value }) => value).join() === `arn:aws:iam::${account}:root`;
  if (kind === "identity" && ["kms:GenerateDataKey*", "kms:ReEncrypt*"].includes(pattern))
    return "AWS documents these two families for a role that writes encrypted artifacts";
  if (kind === "key" && pattern === "kms:*" && forAccount && statement.Condition === undefined)
    return "without it an account can lose control of its key; it is KMS's default policy";
  if (holder.includes(":policy/") && PEOPLE.test(pattern))
    return "the console needs more read actions over time; AWS's `AWSCodeCommitPowerUser` uses the same families";
  return undefined;
}

function resourceReason(value: string, { policy, statement }: Grant, uses: readonly Request[]) {
  if (policy.kind === "key" && value === "*") return "it means the key itself";
  const needed = uses.map(({ resource }) => resource);
  if (needed.includes(value)) return "AWS documents no narrower resource";
  const byAlias = statement.Condition?.["ForAnyValue:StringEquals"]?.["kms:ResourceAliases"] !== undefined;
  if (byAlias && needed.some((resource) => resource.replace(/:key\/[^/]+$/, ":key/*") === value))
    return "KMS chooses the key's id; the alias is known before the key exists";
  return needed.flatMap(resourcePatterns).find(({ pattern }) => pattern === value)?.reason;
}
