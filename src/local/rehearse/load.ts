import type { Delivery } from "../../system/system";
import { EXPECTED, type RehearsalKind } from "./kinds";

type DeploymentConfig = Delivery["settings"]["deployment"]["config"];

/** The share of traffic, from 0 to 1, and the minutes of a canary; all traffic at once for other configurations. */
function canaryOf(config: DeploymentConfig): { readonly share: number; readonly minutes: number } {
  if (typeof config !== "string")
    return "canary" in config
      ? { share: config.canary.percent / 100, minutes: config.canary.minutes }
      : { share: 1, minutes: 0 };
  const [, percent, minutes] = /Canary(\d+)Percent(\d+)Minutes/.exec(config) ?? [];
  return percent === undefined
    ? { share: 1, minutes: 0 }
    : { share: Number(percent) / 100, minutes: Number(minutes) };
}

const DEFAULT_RATE = 100;

/** So that no minute of the canary has too few requests for its alarm. */
const MARGIN = 1.5;

/**
 * Requests a second of a rehearsal. A version with errors is found in its canary only if the canary has the
 * requests that the alarm needs.
 *
 * @param minuteMs Milliseconds that a minute of AWS takes here.
 */
export function defaultRate(kind: RehearsalKind, { settings }: Delivery, minuteMs: number): number {
  if (kind !== "5xx") return DEFAULT_RATE;
  const { alarms, config } = settings.deployment;
  const needed = (MARGIN * alarms.minimumRequests) / canaryOf(config).share / (minuteMs / 1000);
  return Math.max(DEFAULT_RATE, Math.ceil(needed));
}

/** Metrics are late by up to two minutes, and CodeDeploy reads alarms once more. */
const LATE_MINUTES = 3;

/** Real seconds that alarm and rollback take on a busy machine. */
const ROLLBACK_SECONDS = 10;

/** How a rehearsal ran. */
export interface Shift {
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds that a minute of AWS takes here. */
  readonly minuteMs: number;
  /** Whether the new version got all traffic at some time. */
  readonly complete: boolean;
}

/**
 * How many requests may fail in a rehearsal: none, or those that meet a version with errors until its alarm stops
 * the deployment. An alarm can come after the canary: metrics are late, and a canary with too few requests is not
 * seen at all.
 */
export function allowedFailures(
  kind: RehearsalKind,
  { settings }: Delivery,
  { complete, minuteMs, rate }: Shift,
): number {
  if (!EXPECTED[kind].mayLoseRequests) return 0;
  const { alarms, config } = settings.deployment;
  const { minutes, share } = canaryOf(config);
  const aMinute = (rate * minuteMs) / 1000;
  const until = (alarms.minutes + LATE_MINUTES) * aMinute + ROLLBACK_SECONDS * rate;
  return Math.ceil(complete ? until + minutes * share * aMinute : until * share);
}
