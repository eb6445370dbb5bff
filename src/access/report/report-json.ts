import type { Documents } from "../evidence/documents";
import { grantsOf, sidOf } from "../grants";
import type { MutationResult } from "../mutations/mutations";
import type { Answered } from "../proof";
import type { Denial, Hop } from "../request";
import type { Wildcard } from "../wildcards/wildcards";
import { isProven, type Report } from "./report";

/** The documents alone, for other tools. */
export const documentsJson = ({ roles, buckets, keys, repositories }: Documents) =>
  JSON.stringify({ roles, buckets, keys, repositories }, undefined, 2);

/** A whole report, for other tools: every call with its answer, and the statements that gave it. */
export function reportJson(report: Report): string {
  const { counts, differences, failures, mutations, proof, wildcards, wiring } = report;
  const sections = proof.sections.map(({ denials, lanes, stages, title }) => ({
    title,
    accounts: lanes,
    stages: stages.map(({ hops, name }) => ({
      name,
      hops: hops.map((hop) => ({ purpose: hop.row.purpose, ...callsJson(hop) })),
    })),
    denials: denials.map((denial) => ({ reason: denial.row.reason, ...callsJson(denial) })),
  }));
  return JSON.stringify(
    {
      proven: isProven(report),
      counts,
      failures,
      wiring,
      differences,
      wildcards: wildcards.map(wildcardJson),
      ...(mutations && { mutations: mutationsJson(mutations) }),
      sections,
    },
    undefined,
    2,
  );
}

function callsJson({ calls, holds, row }: Answered<Hop | Denial>) {
  const { context, granted, owner, principal, resource } = row;
  return {
    holds,
    principal,
    resource,
    account: owner,
    context,
    granted,
    calls: calls.map(({ decision, request }) => ({
      action: request.action,
      result: decision.result,
      allowedBy: grantsOf(decision).map((grant) => ({
        policy: grant.policy.name,
        of: grant.policy.holder,
        statement: sidOf(grant),
      })),
    })),
  };
}

const wildcardJson = ({ part, reason, ...grant }: Wildcard) => ({
  policy: grant.policy.name,
  of: grant.policy.holder,
  statement: sidOf(grant),
  part,
  reason: reason ?? null,
});

function mutationsJson({ fates, unexplained }: MutationResult) {
  const survivors = fates.filter(({ killedBy }) => !killedBy);
  return {
    mutants: fates.length,
    killed: fates.length - survivors.length,
    unexplained: unexplained.length,
    survivors: survivors.map(({ mutant, reason }) => ({
      kind: mutant.kind,
      policy: mutant.policy.name,
      of: mutant.policy.holder,
      statement: mutant.sid,
      change: mutant.change,
      reason: reason ?? null,
    })),
  };
}
