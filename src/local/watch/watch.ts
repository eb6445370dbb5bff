import { readFile } from "node:fs/promises";
import type { Delivery } from "../../system/system";
import type { Embedded } from "../reconcile/embedded";
import { snapshots, type Snapshot } from "./snapshot";
import type { Traffic } from "./lines";

/** The file of the load balancer's process with requests and errors a second, by target group ARN. */
export const TRAFFIC = "traffic.json";

/** How often traffic is shown. */
const TRAFFIC_MS = 1_000;

const isOver = ({ execution }: Snapshot) =>
  execution !== undefined && !["InProgress", "Stopping"].includes(execution.status);

async function trafficOf({ file }: Embedded): Promise<Traffic> {
  try {
    return JSON.parse(await readFile(file(TRAFFIC), "utf8")) as Traffic;
  } catch {
    // Nothing has been requested yet.
    return {};
  }
}

export interface WatchOptions {
  /** Waits for the next release if none is in flight. @default - the last one is shown */
  readonly next: boolean;
  /** Called with each state while the release is in flight. The last one is returned. */
  readonly onState: (snapshot: Snapshot, traffic: Traffic) => void;
  readonly signal: AbortSignal;
}

/**
 * Shows the release in flight until it is over; if none is in flight, the last one or the next one.
 *
 * @returns the state at its end.
 */
export async function watchRelease(
  embedded: Embedded,
  delivery: Delivery,
  { next, onState, signal }: WatchOptions,
): Promise<Snapshot> {
  const read = await snapshots(embedded, delivery);
  let current = await read();
  const before = next && isOver(current) ? current.execution?.id : undefined;
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  const show = async () => {
    onState(current, await trafficOf(embedded));
  };
  const timer = setInterval(() => void show(), TRAFFIC_MS);
  try {
    await embedded.changes.watch(async () => {
      current = await read();
      if (isOver(current) && current.execution?.id !== before) ended.abort();
      else await show();
    }, either);
  } finally {
    clearInterval(timer);
  }
  return current;
}
