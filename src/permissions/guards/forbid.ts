import { accountOf } from "../arn";
import { EXTERNAL_ACCOUNT_ID } from "../parties";
import type { Context, ForbiddenCall } from "../request";
import { onBehalfOf } from "../calls/call";

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

/** What a service must not use a role for, although it may assume it. */
interface ServiceTrust {
  readonly role: string;
  /** `codebuild` */
  readonly service: string;
  /** What the service sends: the resource that it acts for. */
  readonly sourceArn: string;
  /** A resource of the same account that it must not act for. */
  readonly otherArn: string;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
export function serviceTrustGuards({ otherArn, role, service, sourceArn }: ServiceTrust): ForbiddenCall[] {
  const owner = accountOf(role);
  const assume = (forWhat: string, context: Context) =>
    forbid(`${service}.amazonaws.com`, owner)(
      `${service} would assume the role for ${forWhat}`,
      ["sts:AssumeRole"],
      role,
      { context },
    );
  return [
    assume(
      "a resource of another account",
      onBehalfOf(EXTERNAL_ACCOUNT_ID, sourceArn.replace(owner, EXTERNAL_ACCOUNT_ID)),
    ),
    assume("another resource of the account", onBehalfOf(owner, otherArn)),
    assume("no resource", {}),
  ];
}

/** A region that no system is in. */
export const OTHER_REGION = "xx-nowhere-1";

export const inOtherRegion = (arn: string, region: string) => arn.replace(`:${region}:`, `:${OTHER_REGION}:`);
