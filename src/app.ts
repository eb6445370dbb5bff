import type { App } from "cdktf";
import { BOOTSTRAP } from "./config/schema";
import { BootstrapStack } from "./stacks/bootstrap-stack";
import { EnvironmentStack } from "./stacks/environment-stack";
import { SharedStack } from "./stacks/shared-stack";
import { repositoriesOf } from "./system/repositories";
import type { System } from "./system/system";

/**
 * The architecture. Environments come first and know of the shared account only what can be computed;
 * the shared account refers to what the environments own, and so is applied after them.
 */
export function buildApp(app: App, system: System): void {
  new BootstrapStack(app, BOOTSTRAP, system);

  const environments = new Map(
    system.environments.map((environment) => [
      environment.name,
      new EnvironmentStack(app, environment.name, system, environment).services,
    ]),
  );
  new SharedStack(app, "shared", system, environments);
}

/** The names of the stacks that `buildApp` makes, in the order in which they are applied. */
export const stackNames = ({ environments }: System): string[] => [
  BOOTSTRAP,
  ...environments.map(({ name }) => name),
  "shared",
];

/**
 * The part of a system that decides the contents of one stack. An environment's stack has outputs that
 * `shared` refers to, but contains nothing about other environments. `shared` refers to all of them.
 */
export function systemOfStack(system: System, stack: string): System {
  if (stack === "shared") return system;
  const environments = system.environments.filter(({ name }) => name === stack);
  const deliveries = system.deliveries.filter(({ environment }) => environments.includes(environment));
  const services = system.services.filter((service) => deliveries.some((one) => one.service === service));
  const own = { environments, services, deliveries, repositories: repositoriesOf(services, deliveries) };
  const operatorPolicies = system.operatorPolicies.filter(({ environment }) => environment.name === stack);
  const promotions = system.promotions.filter(({ environment }) => environment.name === stack);
  return { ...system, ...own, operatorPolicies, promotions };
}
