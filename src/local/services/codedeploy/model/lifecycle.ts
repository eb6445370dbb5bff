import type { Begun, Target } from "./document";
import { EVENTS, type EventName, type LifecycleEvent } from "./events";

const OF_TEST_TRAFFIC: readonly EventName[] = ["AllowTestTraffic", "AfterAllowTestTraffic"];

/** The events of a deployment that begins. Without a test listener there are none for it. */
export const pendingEvents = (hasTestListener: boolean): LifecycleEvent[] =>
  EVENTS.filter((name) => hasTestListener || !OF_TEST_TRAFFIC.includes(name)).map((lifecycleEventName) => ({
    lifecycleEventName,
    status: "Pending",
  }));

/** A target in which an event has another status, since `now`. */
export function marked(
  target: Target,
  name: EventName,
  status: LifecycleEvent["status"],
  now: number,
): Target {
  const time = status === "InProgress" ? { startTime: now } : { endTime: now };
  return {
    ...target,
    lastUpdatedAt: now,
    lifecycleEvents: target.lifecycleEvents.map((event) =>
      event.lifecycleEventName === name ? { ...event, status, ...time } : event,
    ),
  };
}

/** A target whose deployment has failed: so has the event that ran, and the later ones are skipped. */
export const failed = (target: Target, now: number): Target => ({
  ...target,
  lastUpdatedAt: now,
  status: "Failed",
  lifecycleEvents: target.lifecycleEvents.map((event) => {
    if (event.status === "InProgress") return { ...event, status: "Failed", endTime: now };
    return event.status === "Pending" ? { ...event, status: "Skipped" } : event;
  }),
});

/** What comes next in a deployment that has begun. */
export type Next =
  | { readonly do: "start" | "run"; readonly event: EventName }
  | { readonly do: "wait until it is continued" | "end blue" | "succeed" };

/** The next phase of a deployment, from nothing but its document. */
export function nextOf({ info, target, requests, rollsBack }: Begun): Next {
  const options = info.blueGreenDeploymentConfiguration;
  const event = target.lifecycleEvents.find(({ status }) => status === "Pending" || status === "InProgress");
  if (event === undefined) {
    const ends = options?.terminateBlueInstancesOnDeploymentSuccess?.action === "TERMINATE";
    return { do: ends && rollsBack === undefined ? "end blue" : "succeed" };
  }
  const waits =
    options?.deploymentReadyOption?.actionOnTimeout === "STOP_DEPLOYMENT" &&
    !requests.continued.includes("READY_WAIT");
  const { lifecycleEventName: name } = event;
  if (event.status === "InProgress") return { do: "run", event: name };
  if (name === "BeforeAllowTraffic" && waits) return { do: "wait until it is continued" };
  return { do: "start", event: name };
}
