import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { CountedBy, Counts } from "./counters";

/** The file below `.local` with the traffic of the last second, for a live view. */
const TRAFFIC_FILE = "traffic.json";

/** The traffic of one target group, or of a load balancer as a whole (without `targetGroup`). */
export interface TrafficOf extends CountedBy {
  readonly requestsPerSecond: number;
  /** Answers with 5xx, of targets and of the load balancer itself. */
  readonly errorsPerSecond: number;
}

export interface TrafficNow {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly traffic: readonly TrafficOf[];
}

/** What the load balancer served in the last second; undefined if it has not served anything yet. */
export function trafficNow(file: (name: string) => string): TrafficNow | undefined {
  const path = file(TRAFFIC_FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as TrafficNow) : undefined;
}

/** Writes the file when something has changed. */
export class TrafficFile {
  private last = "[]";

  constructor(private readonly file: (name: string) => string) {}

  public write(counted: readonly { by: CountedBy; counts: Counts }[], seconds: number): void {
    const traffic = counted.map(({ by, counts }) => trafficOf(by, counts, seconds));
    const text = JSON.stringify(traffic);
    if (text === this.last) return;
    this.last = text;
    const path = this.file(TRAFFIC_FILE);
    writeFileSync(`${path}.new`, JSON.stringify({ at: Date.now(), traffic } satisfies TrafficNow));
    renameSync(`${path}.new`, path);
  }
}

function trafficOf(by: CountedBy, { requests, target, elb }: Counts, seconds: number): TrafficOf {
  const own = [...elb].reduce((sum, [status, count]) => (status >= 500 ? sum + count : sum), 0);
  return {
    ...by,
    requestsPerSecond: Math.round(requests / seconds),
    errorsPerSecond: Math.round((target[5] + own) / seconds),
  };
}
