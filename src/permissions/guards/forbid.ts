import { accountOf } from "../arn";
import { onBehalfOf } from "../calls/call";
import { EXTERNAL_ACCOUNT_ID } from "../parties";
import type { Context, ForbiddenCall } from "../request";

/** The principal's own policies must deny the call, even if the resource's policy allows everything. */
export const BY_IDENTITY = { assumeAllowed: "resource" } as const;

/** The resource's policy must deny the call, even if the principal's own policies allow everything. */
export const BY_RESOURCE = { assumeAllowed: "identity" } as const;

/** Writes calls that must be denied to one principal, on resources of one account. */
export const forbid =
  (principal: string, owner: string) =>
  (
    reason: string,
    actions: readonly string[],
    resource: string,
    more: Partial<ForbiddenCall> = {},
  ): ForbiddenCall => ({ reason, principal, actions, resource, owner, ...more });

/** The same call by several principals, denied by the resource's policy alone. */
export const forbidAll = (
  principals: readonly string[],
  call: Omit<ForbiddenCall, "principal">,
): ForbiddenCall[] => principals.map((principal) => ({ ...call, ...BY_RESOURCE, principal }));

/**
 * What a service must not use a role for, although it may assume it.
 *
 * @param service `codebuild`
 * @param sourceArn What the service acts for, and sends.
 * @param otherArn A resource of the same account that it must not act for.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrustGuards(
  role: string,
  service: string,
  sourceArn: string,
  otherArn: string,
): ForbiddenCall[] {
  const owner = accountOf(role);
  const external = sourceArn.replace(owner, EXTERNAL_ACCOUNT_ID);
  const assumeFor = (forWhat: string, context: Context) => {
    const reason = `${service} would assume the role for ${forWhat}`;
    return forbid(`${service}.amazonaws.com`, owner)(reason, ["sts:AssumeRole"], role, { context });
  };
  return [
    assumeFor("a resource of another account", onBehalfOf(EXTERNAL_ACCOUNT_ID, external)),
    assumeFor("another resource of the account", onBehalfOf(owner, otherArn)),
    assumeFor("no resource", {}),
  ];
}

/** A region that no system is in. */
export const OTHER_REGION = "xx-nowhere-1";

export const inOtherRegion = (arn: string, region: string) => arn.replace(`:${region}:`, `:${OTHER_REGION}:`);
