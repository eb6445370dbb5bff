import type { Time } from "../../reconcile/time";

const LEAST_MINUTE_MS = 250;

/**
 * Milliseconds here of a period of CloudWatch, in seconds. The load balancer counts, and alarms are evaluated, in
 * these periods, which begin at multiples of their length.
 */
export const periodMs = (time: Time, seconds: number) =>
  Math.max(time.scaled(seconds), (LEAST_MINUTE_MS * seconds) / 60);
