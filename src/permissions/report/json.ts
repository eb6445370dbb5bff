import type { Answered } from "../check/answers";
import { grantsOf, sidOf, type Grant } from "../check/grants";
import type { ForbiddenCall, RequiredCall } from "../request";
import { NOT_CHECKED, type Report } from "./report";

/** The whole report as JSON: every call, the result of each request, and the statements that gave it. */
export function reportJson({ counts, failures, proven, sections, stale, wildcards }: Report): string {
  const report = {
    proven,
    counts,
    failures,
    stale,
    notChecked: NOT_CHECKED,
    wildcards: wildcards.map(({ part, reason = null, ...grant }) => ({ ...grantJson(grant), part, reason })),
    sections: sections.map(({ accounts, guards, stages, title }) => ({
      title,
      accounts,
      stages: stages.map(({ calls, name }) => ({
        name,
        calls: calls.map((call) => ({ purpose: call.call.purpose, ...callJson(call) })),
      })),
      guards: guards.map((guard) => ({ reason: guard.call.reason, ...callJson(guard) })),
    })),
  };
  return JSON.stringify(report, undefined, 2);
}

function callJson({ answers, call, holds }: Answered<RequiredCall | ForbiddenCall>) {
  const { assumeAllowed, context, owner, principal, resource } = call;
  const requests = answers.map(({ decision, request }) => ({
    action: request.action,
    result: decision.result,
    allowedBy: grantsOf(decision).map(grantJson),
  }));
  return { holds, principal, resource, account: owner, context, assumeAllowed, requests };
}

const grantJson = (grant: Grant) => ({
  policy: grant.policy.name,
  of: grant.policy.holder,
  statement: sidOf(grant),
});
