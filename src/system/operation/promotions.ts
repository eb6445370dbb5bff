import type { Delivery } from "../delivery";
import type { Environment } from "../parts";

/** An environment to which images can be copied from another one. */
export interface Promotion {
  readonly environment: Environment;
  /** The deliveries of services that another environment has, too. */
  readonly deliveries: readonly [Delivery, ...Delivery[]];
}

/** The environments to which a service can be promoted: those of every service that has two or more. */
export function promotionsOf(
  environments: readonly Environment[],
  deliveries: readonly Delivery[],
): Promotion[] {
  const elsewhere = ({ environment, service }: Delivery) =>
    deliveries.some((other) => other.service === service && other.environment !== environment);
  return environments.flatMap((environment) => {
    const [first, ...others] = deliveries.filter((one) => one.environment === environment && elsewhere(one));
    return first ? [{ environment, deliveries: [first, ...others] }] : [];
  });
}
