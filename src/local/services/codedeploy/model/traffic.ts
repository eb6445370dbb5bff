import type { TrafficRoutingConfig } from "@aws-sdk/client-codedeploy";

/** A step of the traffic's shift. */
export interface TrafficStep {
  readonly greenPercent: number;
  /** Seconds until the next step; 0 after the last. */
  readonly seconds: number;
}

const LAST: TrafficStep = { greenPercent: 100, seconds: 0 };

/**
 * The steps of a deployment configuration. The first is taken at once.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configuration-ecs
 */
export function trafficSteps({
  type,
  timeBasedCanary,
  timeBasedLinear,
}: TrafficRoutingConfig): TrafficStep[] {
  if (type === "TimeBasedCanary") {
    const { canaryPercentage = 0, canaryInterval = 0 } = timeBasedCanary ?? {};
    return [{ greenPercent: canaryPercentage, seconds: canaryInterval * 60 }, LAST];
  }
  if (type === "TimeBasedLinear") {
    const { linearPercentage = 100, linearInterval = 0 } = timeBasedLinear ?? {};
    const before = Math.ceil(100 / linearPercentage) - 1;
    return [
      ...Array.from({ length: before }, (_, index) => ({
        greenPercent: (index + 1) * linearPercentage,
        seconds: linearInterval * 60,
      })),
      LAST,
    ];
  }
  return [LAST];
}
