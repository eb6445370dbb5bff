import { accountOf } from "../arn";
import type { Context, ForbiddenCall } from "../request";

/** The principal's own policies must deny the call, even if the resource's policy allows everything. */
export const BY_IDENTITY = { assumeAllowed: "resource" } as const;

/** The resource's policy must deny the call, even if the principal's own policies allow everything. */
export const BY_RESOURCE = { assumeAllowed: "identity" } as const;

type Options = Partial<ForbiddenCall>;

/**
 * Writes calls that must be denied to one principal.
 *
 * @param owner The account of a resource whose ARN has none: a bucket.
 */
export const forbid =
  (principal: string, owner = accountOf(principal)) =>
  (reason: string, actions: readonly string[], resource: string, more: Options = {}): ForbiddenCall => ({
    reason,
    principal,
    actions,
    resource,
    owner: accountOf(resource) || owner,
    ...more,
  });

/** Writes calls that a resource's policy must deny to several principals. */
export const forbidAll =
  (principals: readonly string[], owner?: string) =>
  (reason: string, action: string, resource: string, context?: Context): ForbiddenCall[] =>
    principals.map((one) => forbid(one, owner)(reason, [action], resource, { ...BY_RESOURCE, context }));

/** A region that no system is in. */
export const OTHER_REGION = "xx-nowhere-1";

export const inOtherRegion = (arn: string, region: string) => arn.replace(`:${region}:`, `:${OTHER_REGION}:`);
