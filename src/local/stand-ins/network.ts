import type { System } from "../../system/system";
import type { Outside } from "./outside";

/**
 * The zones of subnets that exist already, by id. A load balancer has at most one subnet of a zone, and
 * the tasks of a zone need the load balancer there.
 */
class Zones {
  private readonly zones = new Map<string, number>();

  /** Subnets of different zones, as far as other lists have not decided on some. */
  public spread(ids: readonly string[]): void {
    const taken = new Set(ids.map((id) => this.zones.get(id)));
    let next = 0;
    for (const id of ids) {
      if (this.zones.has(id)) continue;
      while (taken.has(next)) next++;
      taken.add(next);
      this.zones.set(id, next);
    }
  }

  public of(id: string): number {
    return this.zones.get(id) ?? 0;
  }
}

/** The networks of environments and of builds that exist already. */
export function networksOutside(system: System): Outside[] {
  const zones = new Zones();
  return [...environmentNetworks(system, zones), ...buildNetworks(system, zones)];
}

const environmentNetworks = ({ environments, region }: System, zones: Zones): Outside[] =>
  environments.flatMap(({ account: { id: account }, network }) => {
    if (!("vpcId" in network)) return [];
    const { vpcId, publicSubnetIds, privateSubnetIds } = network;
    for (const ids of [publicSubnetIds, privateSubnetIds]) zones.spread(ids);
    return vpcWith({ account, region }, vpcId, [...publicSubnetIds, ...privateSubnetIds], zones);
  });

const buildNetworks = ({ accounts, region }: System, zones: Zones): Outside[] =>
  accounts.flatMap(({ id: account, vpc }) => {
    if (!vpc) return [];
    zones.spread(vpc.subnetIds);
    return [
      ...vpcWith({ account, region }, vpc.vpcId, vpc.subnetIds, zones),
      ...vpc.securityGroupIds.map((id) => ({ account, region, kind: "security group", id, vpc: vpc.vpcId })),
    ];
  });

const vpcWith = (
  at: { readonly account: string; readonly region: string },
  vpc: string,
  subnetIds: readonly string[],
  zones: Zones,
): Outside[] => [
  { ...at, kind: "VPC", id: vpc },
  ...subnetIds.map((id) => ({ ...at, kind: "subnet", id, vpc, zone: zones.of(id) })),
];
