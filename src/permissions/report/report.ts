import { accountOf } from "../../system/arns";
import { grantsOf, isAllowed, requiredIn, sidOf } from "../check/answers";
import type { Answered, AnsweredSection, Grant } from "../check/answers";
import type { Wildcard } from "../check/wildcards";
import type { Policy } from "../read/policies";
import type { StalePlace } from "../../synthesis/stale";
import { isRole, type ForbiddenCall, type RequiredCall } from "../request";
import type { Account } from "../sections";
import type { Failure } from "./failures";

/** What a proof found. The summary, the page and the JSON show it. */
export interface Report {
  /** Whether there are no failures and no stale places. */
  readonly proven: boolean;
  readonly sections: readonly AnsweredSection[];
  readonly failures: readonly Failure[];
  /** Where the output folder is not what the configuration gives. */
  readonly stale: readonly StalePlace[];
  readonly wildcards: readonly Wildcard[];
  /** What the configuration gives to roles in addition. */
  readonly configured: readonly string[];
  /** ARNs of permissions boundaries of the roles. They are not evaluated: each may deny what is allowed here. */
  readonly boundaries: readonly string[];
  readonly counts: ReturnType<typeof countsOf>;
}

/** What no proof of these policies can know. */
export const NOT_CHECKED =
  "service and resource control policies, permissions boundaries, session policies, VPC endpoint policies, and policies of resources outside the system's accounts";

/** Numbers of requests and of statements. */
export function countsOf(sections: readonly AnsweredSection[], policies: readonly Policy[]) {
  const required = requiredIn(sections).flatMap(({ answers }) => answers);
  const forbidden = sections.flatMap(({ guards }) => guards.flatMap(({ answers }) => answers));
  const statements = policies.flatMap(({ document }) => document.Statement);
  return {
    required: required.length,
    allowed: required.filter(({ decision }) => isAllowed(decision)).length,
    forbidden: forbidden.length,
    denied: forbidden.filter(({ decision }) => !isAllowed(decision)).length,
    allowStatements: statements.filter(({ Effect }) => Effect === "Allow").length,
    denyStatements: statements.filter(({ Effect }) => Effect === "Deny").length,
  };
}

/** The account of a call's role, or of what a service acts on. */
export const accountIn = (accounts: readonly Account[], { owner, principal }: RequiredCall) =>
  accounts.find(({ account }) => account === (isRole(principal) ? accountOf(principal) : owner));

/** An ARN without partition, service, region and account, and a role without its path. */
export const shortName = (arn: string) =>
  arn.replace(/^arn(:[^:]*){4}:/, "").replace(/^role\/(service-role\/)?/, "");

/** The whole report as JSON: every call, the result of each request, and the statements that gave it. */
export function reportJson({ sections, wildcards, ...report }: Report): string {
  const grantJson = (grant: Grant) => {
    return { policy: grant.policy.name, of: grant.policy.holder, statement: sidOf(grant) };
  };
  const callJson = <Call extends RequiredCall | ForbiddenCall>({ answers, call, holds }: Answered<Call>) => {
    const { owner, ...rest } = call;
    const requests = answers.map(({ decision, request: { action } }) => {
      return { action, result: decision.result, allowedBy: grantsOf(decision).map(grantJson) };
    });
    return { holds, ...rest, account: owner, requests };
  };
  const json = {
    ...report,
    notChecked: NOT_CHECKED,
    wildcards: wildcards.map(({ part, reason = null, ...grant }) => ({ ...grantJson(grant), part, reason })),
    sections: sections.map(({ guards, stages, ...section }) => ({
      ...section,
      stages: stages.map(({ calls, name }) => ({ name, calls: calls.map(callJson) })),
      guards: guards.map(callJson),
    })),
  };
  return JSON.stringify(json, undefined, 2);
}
