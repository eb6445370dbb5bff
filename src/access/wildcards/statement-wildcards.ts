import type { Policy } from "../evidence/policy";
import { listOf, type PolicyStatement } from "../evidence/policy-json";
import type { Request } from "../request";
import { actionPatternReason, resourcePatterns, sourcePatterns } from "./patterns";

/** A part of a statement that lets more through than it names. */
export interface Found {
  /** As the policy has it: `Resource arn:aws:s3:::some-bucket/*`. */
  readonly part: string;
  /** AWS's reason; nothing if there is none. */
  readonly reason?: string;
}

const isPattern = (value: string) => /[*?]/.test(value);

/** Those of a statement that allows, for calls that need it. */
export function wildcardsIn(statement: PolicyStatement, policy: Policy, needs: readonly Request[]): Found[] {
  const { Action, Principal, Resource } = statement;
  return [
    ...listOf(Action)
      .filter(isPattern)
      .map((value) => ({ part: `Action ${value}`, reason: actionPatternReason(policy, value) })),
    ...listOf(Resource)
      .filter(isPattern)
      .map((value) => ({
        part: `Resource ${value}`,
        reason: resourceReason(value, statement, policy, needs),
      })),
    ...principalsOf(Principal)
      .filter(isPattern)
      .map((value) => ({ part: `Principal ${value}` })),
    ...(["NotAction", "NotResource", "NotPrincipal"] as const)
      .filter((part) => statement[part] !== undefined)
      .map((part) => ({ part })),
    ...conditionWildcards(statement, needs),
  ];
}

const principalsOf = (principal: PolicyStatement["Principal"]) =>
  typeof principal === "string" ? [principal] : Object.values(principal ?? {}).flatMap(listOf);

function resourceReason(
  value: string,
  { Condition = {} }: PolicyStatement,
  { kind }: Policy,
  needs: readonly Request[],
): string | undefined {
  if (kind === "key" && value === "*") return "in a key policy it is the key itself";
  const needed = needs.map(({ resource }) => resource);
  if (needed.includes(value)) return "AWS documents no narrower resource";
  const byAlias = Condition["ForAnyValue:StringEquals"]?.["kms:ResourceAliases"] !== undefined;
  if (byAlias && needed.some((resource) => resource.replace(/:key\/[^/]+$/, ":key/*") === value))
    return "KMS chooses a key's id; the condition names the alias, which is known before the key exists";
  return needed.flatMap(resourcePatterns).find(({ pattern }) => pattern === value)?.reason;
}

/** Operators that hold for a call without the key, or for any other value of it. */
const HOLDS_WITHOUT = /IfExists$|^ForAllValues:|Not|^Null$/;

function conditionWildcards({ Condition = {} }: PolicyStatement, needs: readonly Request[]): Found[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => {
      if (HOLDS_WITHOUT.test(operator)) return [{ part: `Condition ${operator} ${key}` }];
      const patterns = key === "aws:SourceArn" ? sourcePatterns : resourcePatterns;
      const sent = needs.flatMap(({ context = {} }) => listOf(context[key])).flatMap(patterns);
      return listOf(values)
        .filter((value) => !operator.endsWith("StringEquals") && isPattern(value))
        .map((value) => ({
          part: `Condition ${operator} ${key} ${value}`,
          reason: sent.find(({ pattern }) => pattern === value)?.reason,
        }));
    }),
  );
}
