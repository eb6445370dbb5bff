import { groupBy } from "../../group-by";
import { conditionsOf, type Conditions } from "./conditions";
import { kindOf, orderOf, priorityOf, type Kind } from "./precedence";

/** One rule of each listener. */
export interface RouteRule extends Conditions {
  /** From 1 to 50,000; the rule with the lowest number that matches a request decides. */
  readonly priority: number;
  /** Where the rule belongs among those of other services; rules of equal order may come in any. */
  readonly order: number;
}

export interface Route {
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  /** The priority of the first rule. @default - by hosts, paths and the service's name */
  readonly priority?: number;
}

/** Whether a service gets every request that matches no rule: the listeners' default action. */
export const isDefault = ({ hosts, paths }: Route) => hosts.length === 0 && paths.includes("/");

/**
 * The rules of a service, none for the default action. The first one has the first host and the first
 * path, so that a host or path at the end of a list leaves it where it is.
 */
export function rulesOf(service: string, route: Route): RouteRule[] {
  if (isDefault(route)) return [];
  const rules = kindsIn(route).flatMap(({ hosts, kind, paths }) =>
    conditionsOf(hosts, paths).map((conditions, index) => ({
      ...conditions,
      order: orderOf(kind),
      priority: priorityOf(service, kind) + index,
    })),
  );
  const { priority } = route;
  if (priority === undefined) return rules;
  const inOrder = [...rules].sort((a, b) => a.order - b.order);
  return rules.map((rule) => ({ ...rule, priority: priority + inOrder.indexOf(rule) }));
}

interface OneKind extends Conditions {
  readonly kind: Kind;
}

/** Hosts and paths, those of one kind together. */
function kindsIn({ hosts, paths }: Route): OneKind[] {
  const hostGroups = groupBy(hosts.length === 0 ? [undefined] : hosts, (host) =>
    JSON.stringify(kindOf(host, "/")),
  );
  const pathGroups = groupBy(paths, (path) => JSON.stringify(kindOf(undefined, path)));
  return [...hostGroups.values()].flatMap((some) =>
    [...pathGroups.values()].map((alike) => ({
      hosts: some.filter((host) => host !== undefined),
      paths: alike,
      kind: kindOf(some[0], alike[0] ?? "/"),
    })),
  );
}
