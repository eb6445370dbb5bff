/**
 * The lifecycle events of a deployment to ECS, in their order.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html#reference-appspec-file-structure-hooks-run-order-ecs
 */
export const EVENTS = [
  "BeforeInstall",
  "Install",
  "AfterInstall",
  "AllowTestTraffic",
  "AfterAllowTestTraffic",
  "BeforeAllowTraffic",
  "AllowTraffic",
  "AfterAllowTraffic",
] as const;

export type EventName = (typeof EVENTS)[number];

/** Times are seconds since the epoch. */
export interface LifecycleEvent {
  readonly lifecycleEventName: EventName;
  readonly status: "Pending" | "InProgress" | "Succeeded" | "Failed" | "Skipped";
  readonly startTime?: number;
  readonly endTime?: number;
}
