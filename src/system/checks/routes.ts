import type { Check, Fault } from "../../config/fault";
import type { Config } from "../../config/schema";

/** Two services behind one listener that ask for the same requests. */
export const sharedRoutes: Check<Config> = ({ services }) => {
  const owners = new Map<string, string>();
  const faults: Fault[] = [];
  for (const [name, { host, path }] of Object.entries(services)) {
    const route = `${host ?? ""}${path}`;
    const owner = owners.get(route);
    if (owner === undefined) owners.set(route, name);
    else
      faults.push({
        path: ["services", name, "path"],
        expected: `another host and path than service ${owner}`,
        got: route,
      });
  }
  return faults;
};
