import { callOf } from "../calls/call";
import type { Context, ForbiddenCall } from "../request";

/** The principal's own policies must deny the call, even if the resource's policy allows everything. */
export const BY_IDENTITY = { assumeAllowed: "resource" } as const;

/** The resource's policy must deny the call, even if the principal's own policies allow everything. */
export const BY_RESOURCE = { assumeAllowed: "identity" } as const;

/** Writes calls that must be denied to one principal, as `callsBy` writes those that it needs. */
export const forbid =
  (principal: string, common: Partial<ForbiddenCall> = {}) =>
  (reason: string, actions: string, resource: string, context?: Context): ForbiddenCall => ({
    reason,
    ...common,
    ...callOf(principal, actions, resource, common.owner),
    ...(context && { context }),
  });

export type Guard = ReturnType<typeof forbid>;

/** Writes calls that a resource's policy must deny to several principals. */
export const forbidAll =
  (principals: readonly string[], owner?: string) =>
  (...call: Parameters<Guard>): ForbiddenCall[] =>
    principals.map((one) => forbid(one, { owner, ...BY_RESOURCE })(...call));

/** The principal's own policies must deny that call. */
export const byIdentity = (call: ForbiddenCall): ForbiddenCall => ({ ...call, ...BY_IDENTITY });

/** A region that no system is in. */
export const OTHER_REGION = "xx-nowhere-1";

export const inOtherRegion = (arn: string, region: string) => arn.replace(`:${region}:`, `:${OTHER_REGION}:`);
