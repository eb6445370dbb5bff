import type { Account } from "../sections";
import { answersOf, isAllowed, requiredIn, type AnsweredSection } from "../check/answers";
import type { Wildcard } from "../check/wildcards";
import type { Policy } from "../read/policies";
import type { StalePlace } from "../read/stale";
import type { Failure } from "./failure";

/** What a proof found. The summary, the table, the page and the JSON all show this. */
export interface Report {
  /** Whether nothing is wrong: no failures, and no stale places. */
  readonly proven: boolean;
  readonly policies: readonly Policy[];
  readonly sections: readonly AnsweredSection[];
  readonly failures: readonly Failure[];
  /** Where the output folder is not what the configuration gives. Of policies in AWS, none. */
  readonly stale: readonly StalePlace[];
  readonly wildcards: readonly Wildcard[];
  readonly counts: Counts;
}

/** Numbers of requests and statements. */
export interface Counts {
  readonly required: number;
  readonly allowed: number;
  readonly forbidden: number;
  readonly denied: number;
  readonly allowStatements: number;
  readonly denyStatements: number;
  readonly wildcards: number;
}

/** What no proof of these policies can know. */
export const NOT_CHECKED = [
  "service and resource control policies",
  "permissions boundaries",
  "session policies",
  "VPC endpoint policies",
  "policies of resources in accounts outside the system",
];

export function countsOf(
  sections: readonly AnsweredSection[],
  policies: readonly Policy[],
  wildcards: readonly Wildcard[],
): Counts {
  const required = answersOf(requiredIn(sections));
  const forbidden = answersOf(sections.flatMap(({ guards }) => guards));
  const statements = policies.flatMap(({ document }) => document.Statement);
  const allowStatements = statements.filter(({ Effect }) => Effect === "Allow").length;
  return {
    required: required.length,
    allowed: required.filter(({ decision }) => isAllowed(decision)).length,
    forbidden: forbidden.length,
    denied: forbidden.filter(({ decision }) => !isAllowed(decision)).length,
    allowStatements,
    denyStatements: statements.length - allowStatements,
    wildcards: wildcards.length,
  };
}

/** Every account of a report, once. */
export const accountsIn = ({ sections }: Report): Account[] => [
  ...new Map(
    sections.flatMap(({ accounts }) => accounts).map((one) => [`${one.name} ${one.account}`, one]),
  ).values(),
];

/** An ARN without partition, service, region and account, and a role without its path. */
export function shortName(arn: string): string {
  if (!arn.startsWith("arn:")) return arn;
  return arn
    .split(":")
    .slice(5)
    .join(":")
    .replace(/^role\/(service-role\/)?/, "");
}
