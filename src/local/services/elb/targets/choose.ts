import type { WeightedGroup } from "../table/table";
import type { Group, Target } from "./target";

/**
 * The target group of a request, by weight: one of weight 0 gets none.
 *
 * @param random From 0 up to, and without, 1.
 */
export function chooseGroup(groups: readonly WeightedGroup[], random: number): WeightedGroup | undefined {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  let rest = random * total;
  return groups.find(({ weight }) => {
    rest -= weight;
    return rest < 0;
  });
}

/**
 * The targets that may get a request: the healthy ones, or all that are registered if none is healthy.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function usableTargets(targets: Iterable<Target>): Target[] {
  const registered = [...targets].filter(({ health }) => health.state !== "draining");
  const healthy = registered.filter(({ health }) => health.state === "healthy");
  return healthy.length > 0 ? healthy : registered;
}

/** The target that the client is bound to, or the next one of the round; undefined if there is none. */
export function chooseTarget(group: Group, cookie: string | undefined): Target | undefined {
  const usable = usableTargets(group.targets.values());
  const bound = cookie === undefined ? undefined : usable.find((target) => target.cookie === cookie);
  if (bound) return bound;
  const next = usable[group.turn % usable.length];
  group.turn += 1;
  return next;
}
