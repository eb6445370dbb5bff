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

/** The networks of environments that exist already. */
export function networksOutside({ environments, region }: System): Outside[] {
  const zones = new Zones();
  return environments.flatMap(({ account: { id: account }, network }) => {
    if (!("vpcId" in network)) return [];
    const { vpcId, publicSubnetIds, privateSubnetIds } = network;
    const at = { account, region };
    for (const ids of [publicSubnetIds, privateSubnetIds]) zones.spread(ids);
    const subnets = [...publicSubnetIds, ...privateSubnetIds];
    return [
      { ...at, kind: "VPC", id: vpcId },
      ...subnets.map((id) => ({ ...at, kind: "subnet", id, vpc: vpcId, zone: zones.of(id) })),
    ];
  });
}
