import type { Delivery } from "../delivery";
import { isPattern } from "./conditions";

/** The hosts of deliveries that are names, not patterns, each once. */
export const exactHosts = (deliveries: readonly Delivery[]): string[] => [
  ...new Set(deliveries.flatMap(({ settings }) => settings.hosts.filter((host) => !isPattern(host)))),
];

/** The id of the zone that has a host's record: that of the longest domain in which the host is. */
export function hostedZoneOf(host: string, zones: Readonly<Record<string, string>>): string | undefined {
  const domains = Object.keys(zones).filter((domain) => host === domain || host.endsWith(`.${domain}`));
  const [longest] = domains.sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : zones[longest];
}

/** The zone of each host that is in one, by host. */
export const zonesOf = (hosts: readonly string[], zones: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    hosts.flatMap((host) => {
      const zone = hostedZoneOf(host, zones);
      return zone === undefined ? [] : [[host, zone] as const];
    }),
  );
