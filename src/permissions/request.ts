import type { PolicyStatement } from "./read/policy-json";

/** Condition keys of a request. A key that is not listed is absent. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** One call, as AWS evaluates it. */
export interface Request {
  /** ARN of a role, or a service such as `codebuild.amazonaws.com`. */
  readonly principal: string;
  readonly action: string;
  /** ARN, or `*` for an action without resource types. */
  readonly resource: string;
  /** Id of the account that owns the resource. */
  readonly owner: string;
  /** In addition to what AWS always sends: TLS, the account and the ARN of the principal, the resource's account. */
  readonly context?: Context;
  /** ARN of the managed policy that the principal's role has. @default - the policies of the principal */
  readonly attachedPolicyArn?: string;
  /**
   * A side that is assumed to allow the call, so that the other side decides alone. `identity`: the
   * principal's own policies, which an administrator of its account controls. `resource`: the policy of a
   * resource that someone else owns.
   */
  readonly assumeAllowed?: "identity" | "resource";
}

/** Whether a principal is a role. Otherwise it is an AWS service. */
export const isRole = (principal: string) => principal.startsWith("arn:");

/** A call that a delivery needs. */
export interface RequiredCall extends Omit<Request, "action"> {
  /** As a verb phrase: `push the image`. */
  readonly purpose: string;
  readonly actions: readonly string[];
}

/** A call that must be denied. */
export interface ForbiddenCall extends Omit<Request, "action"> {
  /** What would happen otherwise: `a build would change the source`. */
  readonly reason: string;
  readonly actions: readonly string[];
  /** The deny statement that refuses it. @default - no statement allows it */
  readonly deniedBy?: PolicyStatement;
}

/** The single requests of a call. */
export function requestsOf(call: RequiredCall | ForbiddenCall): Request[] {
  const { actions, assumeAllowed, attachedPolicyArn, context, owner, principal, resource } = call;
  const request = { principal, resource, owner, context, attachedPolicyArn, assumeAllowed };
  return actions.map((action) => ({ ...request, action }));
}
