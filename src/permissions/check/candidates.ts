import { accountOf, isRole } from "../arn";
import type { Policy } from "../read/policies";
import { listOf, type PolicyStatement } from "../read/policy-json";
import { policyKindOf } from "../read/resource-kinds";
import type { Request } from "../request";
import type { Applicable } from "./evaluate";

const patterns = new Map<string, RegExp>();

/** Whether a value matches a pattern with `*` and `?`, in any case. */
export function matches(pattern: string, value: string): boolean {
  let expression = patterns.get(pattern);
  if (!expression) {
    const literal = pattern.replaceAll(/[\\^$.+()[\]{}|]/g, "\\$&");
    expression = new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`, "is");
    patterns.set(pattern, expression);
  }
  return expression.test(value);
}

/**
 * Whether a request is denied because no statement allows its action on its resource, whatever the
 * principals and conditions. Most forbidden calls are, and need no simulation.
 */
export function cannotMatch(request: Request, { identity, resource: policy }: Applicable): boolean {
  const { action, assumeAllowed, owner, principal, resource } = request;
  const hasDefault = policyKindOf(action) === "key" && policy === undefined;
  const byIdentity = isRole(principal) && (assumeAllowed === "identity" || identity.some(mayAllow(request)));
  const byResource =
    assumeAllowed === "resource" || hasDefault || (policy !== undefined && mayAllow(request)(policy));
  // A resource such as `bucket/*` can match statements for parts of it. `*` belongs to actions without resources.
  if (resource !== "*" && /[*?]/.test(resource)) return false;
  const crossesAccounts = isRole(principal) && accountOf(principal) !== owner;
  return crossesAccounts ? !(byIdentity && byResource) : !(byIdentity || byResource);
}

const mayAllow =
  ({ action, resource }: Request) =>
  ({ document }: Policy): boolean =>
    document.Statement.some(
      (statement) =>
        statement.Effect === "Allow" &&
        (statement.NotAction !== undefined || covers(statement.Action, action)) &&
        (statement.Resource === undefined || covers(statement.Resource, resource)),
    );

/** A pattern with a policy variable may match anything. */
const covers = (values: PolicyStatement["Action"], value: string) =>
  listOf(values).some((pattern) => pattern.includes("${") || matches(pattern, value));
