import type { ConditionExplain, StatementExplain } from "@cloud-copilot/iam-simulate";
import { accountOf, isRole } from "../arn";
import { guardOf, nameOf, type GuardKind, type Policy } from "../evidence/policy";
import { listOf, type PolicyStatement } from "../evidence/policy-json";
import { analyzed, sidOf } from "../grants";
import type { Call } from "../proof";
import type { Request } from "../request";

/** The side that says nothing: the principal's own policies, or the policy of what it is asked of. */
export type Lacking = "identity" | { readonly kind: GuardKind };

export function lackingSides({ decision, request }: Call): Lacking[] {
  if (decision.result === "ExplicitlyDenied") return [];
  const { identityAnalysis, resourceAnalysis } = decision.analysis ?? {};
  const ofRole = isRole(request.principal);
  const kind = guardOf(request.action);
  const crossing = !ofRole || accountOf(request.principal) !== request.owner;
  const guardDecides = kind !== undefined && (crossing || kind === "trust" || kind === "key");
  const guardAllows = ["Allowed", "AllowedForAccount"].includes(resourceAnalysis?.result ?? "");
  return [
    ...(ofRole && identityAnalysis?.result !== "Allowed" ? ["identity" as const] : []),
    ...(guardDecides && !guardAllows ? [{ kind }] : []),
  ];
}

/** Whose policy that side is. */
const holderOf = ({ holds, principal, resource }: Request, side: Lacking): string => {
  if (side === "identity") return holds ?? principal;
  return side.kind === "bucket" ? (resource.split("/")[0] ?? "") : resource;
};

/** How a person finds the policy of a side, or where a new one belongs. */
export function policyName({ decision, request }: Call, side: Lacking): string {
  const { identity, resource } = decision.applicable;
  if (side !== "identity")
    return resource ? nameOf(resource) : `a new ${side.kind} policy of ${holderOf(request, side)}`;
  return identity[0] ? nameOf(identity[0]) : `a new policy of ${holderOf(request, side)}`;
}

/** Why a side does not let a call through, and which of its statements nearly do. */
export function whyNot(call: Call, side: Lacking, policies: readonly Policy[]): string[] {
  const { decision, request } = call;
  const holder = holderOf(request, side);
  const isNamed = side === "identity" || side.kind === "trust";
  if (isNamed && !policies.some((policy) => policy.holder === holder))
    return [`there is no ${holder}${likeIt(holder, policies)}`];
  const near = analyzed(decision, side === "identity" ? "identity" : "resource", "unmatchedStatements")
    .filter(({ explain, grant }) => explain.actionMatch && grant.statement.Effect === "Allow")
    .map(({ explain, grant }) => `${sidOf(grant)} there allows it${mismatchOf(explain, grant.statement)}`);
  return [`${policyName(call, side)} does not allow it`, ...near];
}

/** A role of the same name in another account, or under another path, is the likeliest mistake. */
function likeIt(arn: string, policies: readonly Policy[]): string {
  const name = arn.slice(arn.lastIndexOf("/"));
  const like = policies.find(({ holder }) => holder.endsWith(name));
  return like ? `, but there is ${like.holder}` : "";
}

function mismatchOf(explain: StatementExplain, { Principal, Resource }: PolicyStatement): string {
  if (!explain.resourceMatch) return `, but on ${listOf(Resource).join(", ")}`;
  if (explain.principalMatch === "NoMatch") return `, but to ${JSON.stringify(Principal)}`;
  return conditionsOf(explain, false);
}

export const conditionsOf = ({ conditions = [] }: StatementExplain, matches: boolean): string =>
  conditions
    .filter((condition) => condition.matches === matches)
    .map((condition) => `, ${matches ? "as" : "but only if"} ${conditionText(condition)}`)
    .join("");

function conditionText({
  conditionKeyValue,
  operator,
  resolvedConditionKeyValue,
  values,
}: ConditionExplain): string {
  const wanted = [values].flat().map(({ value }) => value);
  const got = resolvedConditionKeyValue ?? "absent";
  return `${conditionKeyValue} ${operator} ${wanted.join(", ")} (it is ${got})`;
}
