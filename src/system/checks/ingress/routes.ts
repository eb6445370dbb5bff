import type { Check, Fault } from "../../../config/fault";
import type { Config } from "../../../config/schema";
import { systemOf, type Delivery } from "../../system";
import { settingPath } from "../service/setting-path";

/** Two deliveries to one environment. */
type Pair = readonly [earlier: Delivery, later: Delivery];

/** Every two services behind one load balancer. */
const pairsIn = (config: Config): Pair[] => {
  const { deliveries, environments } = systemOf(config);
  return environments.flatMap((environment) => {
    const own = deliveries.filter((delivery) => delivery.environment === environment);
    return own.flatMap((later, index) => own.slice(0, index).map((earlier): Pair => [earlier, later]));
  });
};

/** The faults of pairs, in the first environment that has them. */
function faultsOf(config: Config, faultOf: (pair: Pair) => Fault | undefined): Fault[] {
  const faults = new Map<string, Fault>();
  for (const pair of pairsIn(config)) {
    const key = pair.map(({ service }) => service.name).join(" ");
    const fault = faults.has(key) ? undefined : faultOf(pair);
    if (fault) faults.set(key, fault);
  }
  return [...faults.values()];
}

/** Hosts with paths: `api.example.com/orders`, or `/orders` for any host. */
const routesOf = ({ settings: { hosts, paths } }: Delivery) =>
  (hosts.length === 0 ? [""] : hosts).flatMap((host) => paths.map((path) => `${host}${path}`));

/** Two services behind one load balancer that ask for the same requests. */
export const sharedRoutes: Check<Config> = (config) =>
  faultsOf(config, ([earlier, later]) => {
    const shared = routesOf(later).find((route) => routesOf(earlier).includes(route));
    if (shared === undefined) return undefined;
    const where = `service ${earlier.service.name} in ${later.environment.name}`;
    const cure =
      shared === "/"
        ? `a host, or another path than ${where}: only one service can have / without a host, and every service has a route`
        : `another host and path than ${where}`;
    return { path: settingPath(config, later, ["path"]), expected: cure, got: shared };
  });

/** Rules of two services whose priorities AWS refuses, or which would come in the wrong order. */
export const wrongPriorities: Check<Config> = (config) =>
  faultsOf(config, ([earlier, later]) => {
    const taken = earlier.rules.map(({ priority }) => priority);
    const clash = later.rules.find(({ priority }) => taken.includes(priority));
    const given = [earlier, later].some(({ settings }) => settings.priority !== undefined);
    const fault = (expected: string, got?: number): Fault => ({
      path: settingPath(config, later, ["priority"]),
      expected,
      got,
    });
    if (clash !== undefined)
      return fault(
        `a priority of its own, such as ${free(clash.priority, [...taken, ...later.rules.map(({ priority }) => priority)])}: services ${earlier.service.name} and ${later.service.name} have the same in ${later.environment.name}`,
        clash.priority,
      );
    if (given || !disordered(earlier, later)) return undefined;
    return fault(
      `a priority for ${earlier.service.name} or ${later.service.name}, the lower one for the narrower route: the numbers of their names put them in the wrong order`,
    );
  });

/** The next free number. */
const free = (start: number, taken: readonly number[]): number =>
  taken.includes(start) ? free(start + 1, taken) : start;

/** Whether a narrower rule of one comes after a wider rule of the other. */
const disordered = (one: Delivery, other: Delivery) =>
  one.rules.some((a) =>
    other.rules.some((b) => a.order !== b.order && a.order < b.order !== a.priority < b.priority),
  );
