import { accountOf, isRole } from "../arn";
import type { Answer } from "../check/answers";
import { analyzed, sidOf } from "../check/grants";
import type { StatementExplain } from "../check/simulator";
import { policyName, type Policy, type PolicyKind } from "../read/policies";
import { listOf, type PolicyStatement } from "../read/policy-json";
import { policyHolderOf, policyKindOf } from "../read/resource-kinds";
import type { Request } from "../request";

/** The kinds of policy that had to allow a request and did not. */
export function lackingSides({ decision: { analysis, result }, request }: Answer): PolicyKind[] {
  if (result === "ExplicitlyDenied") return [];
  const ofRole = isRole(request.principal);
  const kind = policyKindOf(request.action);
  const crossing = !ofRole || accountOf(request.principal) !== request.owner;
  const needsResource = kind !== undefined && (crossing || kind === "trust" || kind === "key");
  const resourceAllows = ["Allowed", "AllowedForAccount"].includes(analysis?.resourceAnalysis?.result ?? "");
  return [
    ...(ofRole && analysis?.identityAnalysis?.result !== "Allowed" ? (["identity"] as const) : []),
    ...(needsResource && !resourceAllows ? [kind] : []),
  ];
}

const holderOf = ({ action, attachedPolicyArn, principal, resource }: Request, side: PolicyKind) =>
  side === "identity" ? (attachedPolicyArn ?? principal) : policyHolderOf(action, resource);

/** The policy of a side, or the one to create. */
export function nameOfSide({ decision, request }: Answer, side: PolicyKind): string {
  const { identity, resource } = decision.applicable;
  const policy = side === "identity" ? identity[0] : resource;
  if (policy) return policyName(policy);
  return `a new ${side === "identity" ? "policy" : `${side} policy`} of ${holderOf(request, side)}`;
}

/** Why a side does not allow a request, and which of its statements nearly do. */
export function whyNot(answer: Answer, side: PolicyKind, policies: readonly Policy[]): string[] {
  const holder = holderOf(answer.request, side);
  const isRoles = side === "identity" || side === "trust";
  if (isRoles && !policies.some((policy) => policy.holder === holder))
    return [`there is no ${holder}${similarTo(holder, policies)}`];
  const near = analyzed(answer.decision, side === "identity" ? "identity" : "resource", "unmatchedStatements")
    .filter(({ explain, grant }) => explain.actionMatch && grant.statement.Effect === "Allow")
    .map(({ explain, grant }) => `its ${sidOf(grant)} allows it${mismatchOf(explain, grant.statement)}`);
  return [`${nameOfSide(answer, side)} does not allow it`, ...near];
}

/** The most likely mistake is a role of the same name in another account, or with another path. */
function similarTo(arn: string, policies: readonly Policy[]): string {
  const name = arn.slice(arn.lastIndexOf("/"));
  const similar = policies.find(({ holder }) => holder.endsWith(name));
  return similar ? `, but there is ${similar.holder}` : "";
}

function mismatchOf(explain: StatementExplain, { Principal, Resource }: PolicyStatement): string {
  if (!explain.resourceMatch) return `, but on ${listOf(Resource).join(", ")}`;
  if (explain.principalMatch === "NoMatch") return `, but to ${JSON.stringify(Principal)}`;
  return conditionsOf(explain, false);
}

/** The conditions of a statement that a request matches, or that it does not. */
export const conditionsOf = ({ conditions = [] }: StatementExplain, matches: boolean): string =>
  conditions
    .filter((condition) => condition.matches === matches)
    .map(({ conditionKeyValue, operator, resolvedConditionKeyValue = "absent", values }) => {
      const wanted = [values].flat().map(({ value }) => value);
      const condition = `${conditionKeyValue} ${operator} ${wanted.join(", ")}`;
      return `, ${matches ? "as" : "but only if"} ${condition} (it is ${resolvedConditionKeyValue})`;
    })
    .join("");
