import { accountOf } from "../../system/arns";
import type { StatementExplain } from "@cloud-copilot/iam-simulate";
import { analyzed, sidOf, type Answer } from "../check/answers";
import { resourcePatterns, sourcePatterns } from "../check/patterns";
import { policyHolderOf, policyKindOf, policyName, type Policy, type PolicyKind } from "../read/policies";
import { listOf, type PolicyStatement } from "../read/policy-json";
import { isRole, type Request } from "../request";

/** The kinds of policy that had to allow a request and did not. */
export function lackingSides({ decision: { analysis, result }, request }: Answer): PolicyKind[] {
  if (result === "ExplicitlyDenied") return [];
  const { action, owner, principal } = request;
  const kind = policyKindOf(action);
  const crosses = !isRole(principal) || accountOf(principal) !== owner;
  const needsResource = kind !== undefined && (crosses || kind === "trust" || kind === "key");
  const resourceAllows = ["Allowed", "AllowedForAccount"].includes(analysis?.resourceAnalysis?.result ?? "");
  return [
    ...(isRole(principal) && analysis?.identityAnalysis?.result !== "Allowed" ? (["identity"] as const) : []),
    ...(needsResource && !resourceAllows ? [kind] : []),
  ];
}

const holderOf = ({ action, attachedPolicyArn, principal, resource }: Request, side: PolicyKind) =>
  side === "identity" ? (attachedPolicyArn ?? principal) : policyHolderOf(action, resource);

/** The policy of a side, or the one to create. */
export function sideName({ decision: { applicable }, request }: Answer, side: PolicyKind): string {
  const policy = side === "identity" ? applicable.identity[0] : applicable.resource;
  if (policy) return policyName(policy);
  return `a new ${side === "identity" ? "policy" : `${side} policy`} of ${holderOf(request, side)}`;
}

/** Why a side does not allow a request, and which of its statements nearly do. */
export function whyNot(answer: Answer, side: PolicyKind, policies: readonly Policy[]): string[] {
  const holder = holderOf(answer.request, side);
  if (["identity", "trust"].includes(side) && !policies.some((policy) => policy.holder === holder)) {
    // The most likely mistake is a role of the same name in another account, or with another path.
    const similar = policies.find((one) => one.holder.endsWith(holder.slice(holder.lastIndexOf("/"))));
    return [`there is no ${holder}${similar ? `, but there is ${similar.holder}` : ""}`];
  }
  const near = analyzed(answer.decision, side === "identity" ? side : "resource", "unmatchedStatements")
    .filter(({ explain, grant }) => explain.actionMatch && grant.statement.Effect === "Allow")
    .map(({ explain, grant }) => `its ${sidOf(grant)} allows it${mismatchOf(explain, grant.statement)}`);
  return [`${sideName(answer, side)} does not allow it`, ...near];
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
    .map(({ conditionKeyValue: key, operator, resolvedConditionKeyValue = "absent", values }) => {
      const wanted = [values].flat().map(({ value }) => value);
      const condition = `${key} ${operator} ${wanted.join(", ")} (it is ${resolvedConditionKeyValue})`;
      return `, ${matches ? "as" : "but only if"} ${condition}`;
    })
    .join("");

type Condition = NonNullable<PolicyStatement["Condition"]>;

/** The narrowest statement that allows a request, for a policy of that kind. */
export function statementFor(request: Request, kind: PolicyKind, purpose: string): PolicyStatement {
  const { action, context = {}, owner, principal, resource } = request;
  const ofRole = isRole(principal);
  const equals = (keys: readonly string[]): Condition => {
    const sent = Object.entries(context).filter(([key]) => keys.includes(key));
    return sent.length > 0 ? { StringEquals: Object.fromEntries(sent) } : {};
  };
  const { "aws:SourceArn": source } = context;
  const pattern = sourcePatterns(String(source))[0]?.pattern;
  const conditions: Readonly<Record<string, Condition>> = {
    identity: {
      ...equals(["iam:PassedToService", "ecs:CreateAction", "ecs:cluster"]),
      // A bucket's ARN has no account, so a bucket of another account could have it.
      ...(action.startsWith("s3:") && { StringEquals: { "aws:ResourceAccount": owner } }),
    },
    key: equals(["kms:ViaService", "kms:EncryptionContext:aws:s3:arn"]),
    other: {
      ...equals(["aws:SourceAccount"]),
      ...(source !== undefined &&
        (pattern ? { ArnLike: { "aws:SourceArn": pattern } } : { ArnEquals: { "aws:SourceArn": source } })),
    },
  };
  const Condition: Condition = {
    ...(kind !== "identity" && ofRole && { ArnEquals: { "aws:PrincipalArn": principal } }),
    ...(conditions[kind] ?? conditions.other),
  };
  const account = { AWS: `arn:aws:iam::${accountOf(principal)}:root` };
  // What AWS or a person chooses at run time has the narrowest pattern.
  const Resource = kind === "key" ? "*" : (resourcePatterns(resource)[0]?.pattern ?? resource);
  return {
    Sid: purpose.replaceAll(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_, first: string) => first.toUpperCase()),
    Effect: "Allow",
    Action: action,
    ...(kind !== "identity" && { Principal: ofRole ? account : { Service: principal } }),
    ...(kind !== "trust" && { Resource }),
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
}
