import type { App } from "cdktf";
import type { Config } from "./config/schema";
import { BootstrapStack } from "./stacks/bootstrap-stack";
import { EnvironmentStack } from "./stacks/environment-stack";
import { SharedStack } from "./stacks/shared-stack";

/**
 * The architecture. Environments come first and know of the shared account only what can be computed;
 * the shared account takes what they own as references, and so is applied after them.
 */
export function buildApp(app: App, config: Config): void {
  new BootstrapStack(app, "bootstrap", config);

  const environments = new Map(
    Object.entries(config.environments).map(([name, environment]) => [
      name,
      new EnvironmentStack(app, name, config, environment).services,
    ]),
  );
  new SharedStack(app, "shared", config, environments);
}
