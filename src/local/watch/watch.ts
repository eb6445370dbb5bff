import type { Delivery } from "../../system/system";
import type { Embedded } from "../reconcile/embedded";
import { trafficNow, type TrafficOf } from "../services/elb/metrics/traffic-file";
import { snapshots, type Snapshot } from "./snapshot";

/** How often traffic is shown. */
const TRAFFIC_MS = 1_000;

const isOver = ({ execution }: Snapshot) =>
  execution !== undefined && !["InProgress", "Stopping"].includes(execution.status);

export interface WatchOptions {
  /** Waits for the next release if none is in flight. @default - the last one is shown */
  readonly next: boolean;
  /** Called with each state while the release is in flight. The last one is returned. */
  readonly onState: (snapshot: Snapshot, traffic: readonly TrafficOf[]) => void;
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
  const show = () => {
    onState(current, trafficNow(embedded.file)?.traffic ?? []);
  };
  const timer = setInterval(show, TRAFFIC_MS);
  try {
    await embedded.changes.watch(async () => {
      current = await read();
      if (isOver(current) && current.execution?.id !== before) ended.abort();
      else show();
    }, either);
  } finally {
    clearInterval(timer);
  }
  return current;
}
