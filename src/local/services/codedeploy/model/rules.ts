import type { Action, Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Pair } from "./document";
import { DeploymentEnds, loadBalancerError } from "./ending";

/** A listener's rule, or its default action, that gets other weights. */
export interface RuleChange {
  readonly rule: Rule;
  readonly actions: Action[];
}

/** The target groups that an action forwards to, with their weights. */
export function forwarded(actions: readonly Action[] | undefined): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const { Type, TargetGroupArn, ForwardConfig } of actions ?? []) {
    if (Type !== "forward") continue;
    const groups = ForwardConfig?.TargetGroups ?? [];
    if (groups.length === 0 && TargetGroupArn !== undefined) weights.set(TargetGroupArn, 1);
    for (const { TargetGroupArn: arn, Weight = 1 } of groups) if (arn !== undefined) weights.set(arn, Weight);
  }
  return weights;
}

/** The rules that belong to a deployment: those that name one of its target groups. Others are not touched. */
const rulesOf = (rules: readonly Rule[], { blue, green }: Pair) =>
  rules.filter(({ Actions }) => {
    const weights = forwarded(Actions);
    return weights.has(blue.arn) || weights.has(green.arn);
  });

/** Both target groups with their weights, as CodeDeploy leaves them in a listener. */
function forward({ blue, green }: Pair, greenPercent: number, before: Action | undefined): Action {
  const stickiness = before?.ForwardConfig?.TargetGroupStickinessConfig;
  return {
    Type: "forward",
    ...(before?.Order !== undefined && { Order: before.Order }),
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: green.arn, Weight: greenPercent },
        { TargetGroupArn: blue.arn, Weight: 100 - greenPercent },
      ],
      ...(stickiness && { TargetGroupStickinessConfig: stickiness }),
    },
  };
}

/** Changes that give green its part of a listener's traffic; none for a rule that has these weights. */
export const ruleChanges = (rules: readonly Rule[], pair: Pair, greenPercent: number): RuleChange[] =>
  rulesOf(rules, pair).flatMap((rule) => {
    const weights = forwarded(rule.Actions);
    const { blue, green } = pair;
    if (weights.get(green.arn) === greenPercent && weights.get(blue.arn) === 100 - greenPercent) return [];
    const actions = (rule.Actions ?? []).map((action) =>
      action.Type === "forward" ? forward(pair, greenPercent, action) : action,
    );
    return [{ rule, actions }];
  });

/**
 * Checks that a listener's traffic goes to blue before a deployment begins.
 *
 * @throws DeploymentEnds with AWS's reason.
 */
export function checkListener(listenerArn: string, rules: readonly Rule[], pair: Pair): void {
  const { blue, green } = pair;
  const own = rulesOf(rules, pair);
  const fail = (reason: string) => new DeploymentEnds(loadBalancerError(reason));
  const behind = "Primary taskset target group must be behind listener";
  if (own.length === 0) throw fail(`${behind} ${listenerArn}`);
  for (const rule of own) {
    const arn = rule.IsDefault === true ? listenerArn : (rule.RuleArn ?? listenerArn);
    const weights = forwarded(rule.Actions);
    const groups = `${blue.arn}, ${green.arn}`;
    if ([...weights.keys()].some((one) => one !== blue.arn && one !== green.arn))
      throw fail(`Only target group in ECS deployment group (${groups}) can be set on listener ${arn}.`);
    if ((weights.get(blue.arn) ?? 0) === 0) throw fail(`${behind} ${arn}`);
    if ((weights.get(green.arn) ?? 0) > 0)
      throw fail("Green taskset target group cannot have non-zero weight prior to traffic shifting");
  }
}
