import { listOf, type PolicyStatement } from "../read/policy-json";
import type { Request } from "../request";
import type { Grant } from "./grants";
import { actionPatternReason, resourcePatterns, sourcePatterns } from "./patterns";

/** A part of an allow statement that allows more than it names. */
export interface Wildcard extends Grant {
  /** As the policy has it: `Resource arn:aws:s3:::some-bucket/*`. */
  readonly part: string;
  /** AWS's reason. Undefined if AWS has none. */
  readonly reason?: string;
}

const isPattern = (value: string) => /[*?]/.test(value);

/** The wildcards of a statement. @param uses The required requests that it allows. */
export function wildcardsIn(grant: Grant, uses: readonly Request[]): Wildcard[] {
  const { policy, statement } = grant;
  const found: readonly Pick<Wildcard, "part" | "reason">[] = [
    ...patternsIn(statement.Action).map((value) => ({
      part: `Action ${value}`,
      reason: actionPatternReason(policy, statement, value),
    })),
    ...patternsIn(statement.Resource).map((value) => ({
      part: `Resource ${value}`,
      reason: resourceReason(value, grant, uses),
    })),
    ...principalsOf(statement)
      .filter(isPattern)
      .map((value) => ({ part: `Principal ${value}` })),
    ...(["NotAction", "NotResource", "NotPrincipal"] as const)
      .filter((part) => statement[part] !== undefined)
      .map((part) => ({ part })),
    ...conditionWildcards(statement, uses),
  ];
  return found.map((one) => ({ ...grant, ...one }));
}

const patternsIn = (values: PolicyStatement["Action"]) => listOf(values).filter(isPattern);

export const principalsOf = ({ Principal = {} }: PolicyStatement): readonly string[] =>
  typeof Principal === "string" ? [Principal] : Object.values(Principal).flatMap(listOf);

function resourceReason(value: string, { policy, statement }: Grant, uses: readonly Request[]) {
  if (policy.kind === "key" && value === "*") return "in a key policy it is the key itself";
  const needed = uses.map(({ resource }) => resource);
  if (needed.includes(value)) return "AWS documents no narrower resource";
  const byAlias = statement.Condition?.["ForAnyValue:StringEquals"]?.["kms:ResourceAliases"] !== undefined;
  if (byAlias && needed.some((resource) => resource.replace(/:key\/[^/]+$/, ":key/*") === value))
    return "KMS chooses a key's id, and the condition names the alias, which is known before the key exists";
  return needed.flatMap(resourcePatterns).find(({ pattern }) => pattern === value)?.reason;
}

/** Operators that also hold for a request without the key, or for every other value. */
const HOLDS_WITHOUT = /IfExists$|^ForAllValues:|Not|^Null$/;

function conditionWildcards({ Condition = {} }: PolicyStatement, uses: readonly Request[]) {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]): Pick<Wildcard, "part" | "reason">[] => {
      if (HOLDS_WITHOUT.test(operator)) return [{ part: `Condition ${operator} ${key}` }];
      if (operator.endsWith("StringEquals")) return [];
      const patterns = key === "aws:SourceArn" ? sourcePatterns : resourcePatterns;
      const sent = uses.flatMap(({ context = {} }) => listOf(context[key])).flatMap(patterns);
      return patternsIn(values).map((value) => ({
        part: `Condition ${operator} ${key} ${value}`,
        reason: sent.find(({ pattern }) => pattern === value)?.reason,
      }));
    }),
  );
}
