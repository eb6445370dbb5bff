import type { RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import { parse, parseCIDR } from "ipaddr.js";
import { wildcard } from "./wildcard";

/** What the conditions of rules look at. */
export interface RequestFacts {
  readonly method: string;
  /** Without its port. */
  readonly host: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** Decoded names and values. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly sourceIp: string;
}

export type Condition = (request: RequestFacts) => boolean;

/**
 * A condition of a rule: one of its values must match. Hosts, headers and query strings are compared without
 * case, paths and methods with it.
 */
export function conditionOf(condition: RuleCondition): Condition {
  switch (condition.Field) {
    case "host-header":
      return one(patterns(condition.HostHeaderConfig ?? condition, "i"), ({ host }) => [host]);
    case "path-pattern":
      return one(patterns(condition.PathPatternConfig ?? condition, ""), ({ path }) => [path]);
    case "http-header": {
      const name = condition.HttpHeaderConfig?.HttpHeaderName?.toLowerCase() ?? "";
      return one(patterns(condition.HttpHeaderConfig ?? {}, "i"), ({ headers }) =>
        [headers[name] ?? []].flat(),
      );
    }
    case "http-request-method": {
      const methods = condition.HttpRequestMethodConfig?.Values ?? [];
      return ({ method }) => methods.includes(method);
    }
    case "query-string":
      return queryCondition(condition.QueryStringConfig?.Values ?? []);
    case "source-ip":
      return sourceCondition(condition.SourceIpConfig?.Values ?? []);
    default:
      return () => false;
  }
}

const patterns = (
  {
    Values,
    RegexValues,
  }: { readonly Values?: string[] | undefined; readonly RegexValues?: string[] | undefined },
  flags: "" | "i",
) => [
  ...(Values ?? []).map((value) => wildcard(value, flags)),
  ...(RegexValues ?? []).map((value) => new RegExp(value, flags)),
];

const one =
  (expressions: readonly RegExp[], valuesOf: (request: RequestFacts) => readonly string[]): Condition =>
  (request) =>
    valuesOf(request).some((value) => expressions.some((expression) => expression.test(value)));

function queryCondition(
  values: readonly { Key?: string | undefined; Value?: string | undefined }[],
): Condition {
  const wanted = values.map(({ Key, Value = "" }) => ({
    key: Key === undefined ? undefined : wildcard(Key, "i"),
    value: wildcard(Value, "i"),
  }));
  return ({ query }) =>
    query.some(([name, value]) =>
      wanted.some((one) => (one.key?.test(name) ?? true) && one.value.test(value)),
    );
}

/** The address of the connection counts, not that of X-Forwarded-For. */
function sourceCondition(ranges: readonly string[]): Condition {
  const parsed = ranges.map((range) => parseCIDR(range));
  return ({ sourceIp }) => {
    const address = parse(sourceIp.replace(/^::ffff:/, ""));
    return parsed.some(
      ([network, bits]) => network.kind() === address.kind() && address.match([network, bits] as never),
    );
  };
}
