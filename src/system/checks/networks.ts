import ipaddr from "ipaddr.js";
import type { Check, Fault } from "../../config/fault";
import type { Config } from "../../config/schema";

/** Two networks share addresses when one holds the other's first address. */
function overlap(a: string, b: string): boolean {
  const [first, second] = [ipaddr.IPv4.parseCIDR(a), ipaddr.IPv4.parseCIDR(b)];
  return first[0].match(second) || second[0].match(first);
}

/** New networks that could never be peered, or routed to from one place. */
export const networksOverlap: Check<Config> = ({ environments }) => {
  const seen: { name: string; cidr: string }[] = [];
  const faults: Fault[] = [];
  for (const [name, { network }] of Object.entries(environments)) {
    if (!("cidr" in network)) continue;
    const { cidr } = network;
    const other = seen.find((earlier) => overlap(earlier.cidr, cidr));
    if (other)
      faults.push({
        path: ["environments", name, "network", "cidr"],
        expected: `a network that does not overlap ${other.cidr} of environment ${other.name}`,
        got: cidr,
      });
    seen.push({ name, cidr });
  }
  return faults;
};
