/** A rule of a listener, as far as it forwards. */
export interface RuleActions {
  readonly Actions?: readonly {
    readonly TargetGroupArn?: string;
    readonly ForwardConfig?: {
      readonly TargetGroups?: readonly { readonly TargetGroupArn?: string; readonly Weight?: number }[];
    };
  }[];
}

/** The target groups that an action forwards to, with their weights. */
function forwards({
  Actions = [],
}: RuleActions): readonly { readonly arn?: string; readonly weight: number }[] {
  return Actions.flatMap(({ ForwardConfig, TargetGroupArn }) => {
    const groups = ForwardConfig?.TargetGroups ?? [];
    if (groups.length > 0)
      return groups.map((group) => ({ arn: group.TargetGroupArn, weight: group.Weight ?? 1 }));
    return TargetGroupArn === undefined ? [] : [{ arn: TargetGroupArn, weight: 1 }];
  });
}

/**
 * The share of traffic of each target group, in percent, by the first rule that names one of them. A third group
 * of that rule has the rest.
 */
export function weightsOf(
  rules: readonly RuleActions[],
  groups: readonly [string, string],
): [number, number] {
  const own = rules.map(forwards).find((weighted) => weighted.some(({ arn = "" }) => groups.includes(arn)));
  const of = (wanted: string) => own?.find(({ arn }) => arn === wanted)?.weight ?? 0;
  const total = (own ?? []).reduce((sum, { weight }) => sum + weight, 0);
  const percent = (weight: number) => (total === 0 ? 0 : Math.round((weight / total) * 100));
  return [percent(of(groups[0])), percent(of(groups[1]))];
}
