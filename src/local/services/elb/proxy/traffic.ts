import type { Counters } from "../metrics/counters";
import type { Draining } from "../targets/draining";
import type { Group } from "../targets/target";
import type { Listener } from "../table/table";

/** What the requests of all listeners share. */
export interface Traffic {
  /** The listener as it is now; undefined if it was deleted. */
  readonly listener: (arn: string) => Listener | undefined;
  readonly groups: ReadonlyMap<string, Group>;
  readonly counters: Counters;
  readonly draining: Pick<Draining, "released">;
  /** The port of this machine on which a listener of the same load balancer answers. */
  readonly localPort: (listener: Listener, port: number) => number | undefined;
}

/** Whom a request is counted for. */
export const countedBy = ({ loadBalancer }: Listener, group?: Group) => ({
  loadBalancer: loadBalancer.dimension,
  ...(group && { targetGroup: group.settings.dimension }),
});
