import type { Check, Warn } from "../../../config/fault";
import type { Config } from "../../../config/schema";
import { systemOf } from "../../system";

/**
 * Rules and target groups of one ALB. Default actions do not count.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const MAX = 100;
const MANY = 90;

/** Production and test listener have a rule each; blue and green have a target group each. */
const countsIn = (config: Config) => {
  const { deliveries, environments } = systemOf(config);
  return environments.flatMap((environment) => {
    const own = deliveries.filter((delivery) => delivery.environment === environment);
    const rules = own.flatMap((delivery) => delivery.rules);
    const path = ["environments", environment.name];
    return [
      { path, kind: "listener rules", count: 2 * rules.length },
      { path, kind: "target groups", count: 2 * own.length },
    ];
  });
};

/** More services or routes than one load balancer takes. */
export const tooManyRoutes: Check<Config> = (config) =>
  countsIn(config)
    .filter(({ count }) => count > MAX)
    .map(({ count, kind, path }) => ({
      path,
      expected: `at most ${MAX} ${kind} behind its load balancer: deliver some services to another environment, or give them fewer hosts and paths`,
      got: count,
    }));

/** Nearly as many. */
export const manyRoutes: Warn<Config> = (config) =>
  countsIn(config)
    .filter(({ count }) => count >= MANY)
    .map(({ count, kind, path }) => ({
      path,
      text: `${count} ${kind} behind one load balancer, which takes ${MAX}`,
    }));
