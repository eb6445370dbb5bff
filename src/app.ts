import type { App } from "cdktf";
import { BootstrapStack } from "./stacks/bootstrap-stack";
import { EnvironmentStack } from "./stacks/environment-stack";
import { SharedStack } from "./stacks/shared-stack";
import type { System } from "./system/system";

/**
 * The architecture. Environments come first and know of the shared account only what can be computed;
 * the shared account refers to what the environments own, and so is applied after them.
 */
export function buildApp(app: App, system: System): void {
  new BootstrapStack(app, "bootstrap", system);

  const environments = new Map(
    system.environments.map((environment) => [
      environment.name,
      new EnvironmentStack(app, environment.name, system, environment).services,
    ]),
  );
  new SharedStack(app, "shared", system, environments);
}
