import type { Check, Fault, Path } from "../../config/fault";
import type { Config } from "../../config/schema";
import { overridesIn } from "../settings";
import { systemOf, type Delivery } from "../system";

/** Two services behind one listener that ask for the same requests. */
export const sharedRoutes: Check<Config> = (config) => {
  const owners = new Map<string, Delivery>();
  const faults = new Map<string, Fault>();
  for (const delivery of systemOf(config).deliveries) {
    const { environment, service, settings } = delivery;
    const route = `${settings.host ?? ""}${settings.path}`;
    const key = `${environment.name} ${route}`;
    const owner = owners.get(key)?.service.name;
    if (owner === undefined) owners.set(key, delivery);
    else if (!faults.has(`${owner} ${service.name}`))
      faults.set(`${owner} ${service.name}`, {
        path: pathOf(config, delivery),
        expected: `another host and path than service ${owner} in ${environment.name}`,
        got: route,
      });
  }
  return [...faults.values()];
};

/** The key that gives a service its path in an environment. */
function pathOf(config: Config, { environment, service }: Delivery): Path {
  const own = overridesIn(config.services[service.name], environment.name);
  const at = own.path === undefined ? [] : ["environments", environment.name];
  return ["services", service.name, ...at, "path"];
}
