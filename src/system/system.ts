import type { Config } from "../config/schema";
import { deliveryOf, type Delivery } from "./delivery";
import {
  accountNamed,
  environmentOf,
  serviceOf,
  type Account,
  type Environment,
  type Service,
} from "./parts";
import { notificationsOf, type Notifications } from "./operation/notifications";
import { operatorPoliciesOf, type OperatorPolicy } from "./operation/operators";
import { promotionsOf, type Promotion } from "./operation/promotions";
import { repositoriesOf, type Repository } from "./repositories";
import { isDelivered } from "./settings";

export type { Delivery, PushFilter } from "./delivery";
export type { Account, Environment, Service } from "./parts";
export type { Repository } from "./repositories";

/** A configuration, worked out once: every account, environment, service and delivery, with names and ARNs. */
export interface System {
  readonly organization: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly stateBucket: string;
  /** The beginning of every state's key in the bucket, without a slash at its end. */
  readonly statePrefix: string;
  readonly accounts: readonly Account[];
  /** The account that builds and delivers. */
  readonly shared: Account;
  readonly environments: readonly Environment[];
  readonly services: readonly Service[];
  /** The CodeCommit repositories of the services. */
  readonly repositories: readonly Repository[];
  /** Every service in every environment that it is delivered to, by environment. */
  readonly deliveries: readonly Delivery[];
  /** Managed policies for the people who operate deliveries. */
  readonly operatorPolicies: readonly OperatorPolicy[];
  /** Environments to which a service can be promoted from another one. */
  readonly promotions: readonly Promotion[];
  /** Messages about releases. */
  readonly notifications: readonly Notifications[];
}

const known = new WeakMap<Config, System>();

/** The system of a configuration, which never changes: nine checks of it ask for its system. */
export function systemOf(config: Config): System {
  const system = known.get(config) ?? workedOut(config);
  known.set(config, system);
  return system;
}

function workedOut(config: Config): System {
  const shared = accountNamed(config, "shared");
  const environments = Object.entries(config.environments).map(([name, settings]) =>
    environmentOf(config, name, settings),
  );
  const services = Object.entries(config.services).map(([name, settings]) => ({
    settings,
    service: serviceOf(config, name, settings),
  }));
  const deliveries = environments.flatMap((environment) =>
    services
      .filter(({ settings }) => isDelivered(settings, environment.name))
      .map(({ service, settings }) => deliveryOf(config, shared, environment, service, settings)),
  );
  const promotions = promotionsOf(environments, deliveries);
  return {
    organization: config.organization,
    region: config.region,
    tags: config.tags,
    stateBucket: config.state.bucket,
    statePrefix: config.state.prefix ?? `codeseries/${config.organization}`,
    accounts: Object.keys(config.accounts).map((name) => accountNamed(config, name)),
    shared,
    environments,
    services: services.map(({ service }) => service),
    repositories: repositoriesOf(
      services.map(({ service }) => service),
      deliveries,
    ),
    deliveries,
    promotions,
    notifications: notificationsOf(config, shared, environments, deliveries),
    operatorPolicies: environments.flatMap((environment) =>
      operatorPoliciesOf(
        environment,
        deliveries.filter((delivery) => delivery.environment === environment),
        promotions.some((one) => one.environment === environment),
      ),
    ),
  };
}

/** The deliveries to an environment whose number of tasks changes by itself. */
export const scaledIn = (deliveries: readonly Delivery[], environment: Environment) =>
  deliveries.filter((one) => one.environment === environment && one.settings.scaling !== undefined);
