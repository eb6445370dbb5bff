import { chooseGroup, chooseTarget } from "../targets/choose";
import { boundTarget, COOKIES, cookieOf, cookieValueOf } from "../targets/cookies";
import type { Address, Group, Target } from "../targets/target";
import type { RuleAction } from "../table/table";

/** The target group and the target of one request. Without a target, the answer is 503. */
export interface Route {
  readonly group: Group | undefined;
  readonly chosen: { readonly target: Target; readonly address: Address } | undefined;
  /** Binds the client to the target group, if the rule says so. */
  readonly stickySeconds: number;
}

/**
 * Chooses where a request goes.
 *
 * @param cookies The request's Cookie header.
 * @param random From 0 up to, and without, 1.
 */
export function routeOf(
  action: Extract<RuleAction, { type: "forward" }>,
  groups: ReadonlyMap<string, Group>,
  cookies: string | undefined,
  random: number,
): Route {
  const bound = action.stickySeconds > 0 ? cookieOf(cookies, COOKIES.group) : undefined;
  const sticky =
    bound === undefined ? undefined : action.groups.find(({ arn }) => cookieValueOf(arn) === bound);
  const group = groups.get((sticky ?? chooseGroup(action.groups, random))?.arn ?? "");
  const target = group && chooseTarget(group, boundTarget(group.settings.stickiness, cookies));
  // A load balancer that was just started may not know it yet.
  if (target) target.address ??= target.locate();
  const chosen = target?.address && { target, address: target.address };
  return { group, chosen, stickySeconds: action.stickySeconds };
}
