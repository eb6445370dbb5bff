import type { Controller } from "../../reconcile/controller";
import { placeOf, type Document } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import { HealthChecks } from "./health/health-checks";
import { Counters } from "./metrics/counters";
import { Reports } from "./metrics/reports";
import { Servers } from "./proxy/servers";
import type { Traffic } from "./proxy/traffic";
import { readTable, type CertificateNames } from "./table/read-table";
import type { Listener, Table } from "./table/table";
import { Draining } from "./targets/draining";
import { syncGroups } from "./targets/sync";
import { TARGET_HEALTH, type Group, type Reachable, type TargetDocument } from "./targets/target";

/** The name under which the load balancer says what it has acted on. */
export const LOAD_BALANCER = "elb";

/** The kind of the documents of accounts and regions with load balancers; see `src/local/moto/releases/elbv2.py`. */
const REGION = "elbv2-region";

interface RegionDocument {
  readonly certificates: CertificateNames;
}

/** The load balancers of all accounts and regions. `reconcile` takes over what the API has. */
export class LoadBalancer implements Controller {
  public readonly name = LOAD_BALANCER;
  private readonly tables = new Map<string, { readonly revision: number; readonly table: Table }>();
  private readonly groups = new Map<string, Group>();
  private listeners: ReadonlyMap<string, Listener> = new Map();
  private readonly servers: Servers;
  private readonly checks: HealthChecks;
  private readonly draining: Draining;
  private readonly reports: Reports;
  private readonly traffic: Traffic;
  private readonly reachable: Reachable;

  constructor(
    private readonly embedded: Embedded,
    reachable: Reachable,
  ) {
    // A note of a task may be gone while it is read.
    this.reachable = (ip, port) => {
      try {
        return reachable(ip, port);
      } catch (error) {
        embedded.say(LOAD_BALANCER, `${ip}:${port} is not reachable: ${String(error)}`);
        return undefined;
      }
    };
    const counters = new Counters();
    this.servers = new Servers(embedded);
    this.checks = new HealthChecks(embedded, this.reachable);
    this.draining = new Draining(embedded);
    this.reports = new Reports(embedded, counters, () => [...this.tables.values()].map(({ table }) => table));
    this.traffic = {
      listener: (arn) => this.listeners.get(arn),
      groups: this.groups,
      counters,
      draining: this.draining,
      localPort: (listener, port) => this.localPort(listener, port),
    };
  }

  public async reconcile(): Promise<void> {
    const { changes, documents } = this.embedded;
    const revision = await changes.newest();
    const [regions, targets] = await Promise.all([
      documents.list<RegionDocument>(REGION),
      documents.list<TargetDocument>(TARGET_HEALTH),
    ]);
    await this.readTables(regions);
    const tables = [...this.tables.values()].map(({ table }) => table);
    // From here to the end of `syncGroups` nothing waits, so that a request sees the old table or the new one.
    this.listeners = new Map(tables.flatMap(({ listeners }) => listeners.map((one) => [one.arn, one])));
    syncGroups(this.groups, new Map(tables.flatMap(({ groups }) => [...groups])), targets, this.reachable);
    this.checks.follow(this.groups.values());
    this.draining.follow(this.groups.values());
    this.reports.follow(this.groups);
    await this.servers.follow(this.listeners, this.traffic);
    await changes.actedOn(LOAD_BALANCER, revision);
  }

  /** Lets the requests that are in flight end. */
  public async end(): Promise<void> {
    this.checks.end();
    this.draining.end();
    this.reports.end();
    await this.servers.end();
  }

  /** Reads those accounts and regions again that have changed. */
  private async readTables(regions: readonly Document<RegionDocument>[]): Promise<void> {
    const keyOf = ({ account, region }: Document<RegionDocument>) => `${account} ${region}`;
    const known = new Set(regions.map(keyOf));
    for (const key of this.tables.keys()) if (!known.has(key)) this.tables.delete(key);
    await Promise.all(
      regions.map(async (document) => {
        const { revision } = document;
        const key = keyOf(document);
        if (this.tables.get(key)?.revision === revision) return;
        const names = document.document.certificates;
        const table = await readTable(this.embedded.clients, placeOf(document), names);
        this.tables.set(key, { revision, table });
      }),
    );
  }

  private localPort({ loadBalancer }: Listener, port: number): number | undefined {
    for (const listener of this.listeners.values())
      if (listener.port === port && listener.loadBalancer.dimension === loadBalancer.dimension)
        return this.servers.portOf(listener.arn);
    return undefined;
  }
}
