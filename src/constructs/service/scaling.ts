import {
  AppautoscalingPolicy,
  type AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
} from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";

export interface ScalingProps {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly min: number;
  readonly max: number;
  /** @default - no scaling by CPU */
  readonly cpuPercent?: number;
  /** @default - no scaling by memory */
  readonly memoryPercent?: number;
  /** Requests per minute and task. @default - no scaling by requests */
  readonly requestsPerTarget?: number;
  /** Between two changes in the same direction. @default - AWS's own, 300 */
  readonly cooldownSeconds?: number;
  /** ARN suffixes of blue and green, either of which can have the traffic. */
  readonly targetGroupSuffixes: readonly string[];
}

type Tracking = AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration;

/** Changes the number of tasks to keep CPU, memory or requests near a target. */
export class Scaling extends Construct {
  private readonly target: AppautoscalingTarget;
  private readonly cooldown: Pick<Tracking, "scaleInCooldown" | "scaleOutCooldown">;

  constructor(scope: Construct, id: string, props: ScalingProps) {
    super(scope, id);

    this.target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${props.clusterName}/${props.serviceName}`,
      minCapacity: props.min,
      maxCapacity: props.max,
      // During a deployment, scaling is suspended.
      lifecycle: { ignoreChanges: ["suspended_state"] },
    });
    this.cooldown = { scaleInCooldown: props.cooldownSeconds, scaleOutCooldown: props.cooldownSeconds };
    if (props.cpuPercent !== undefined)
      this.track("cpu", {
        targetValue: props.cpuPercent,
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
      });
    if (props.memoryPercent !== undefined)
      this.track("memory", {
        targetValue: props.memoryPercent,
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageMemoryUtilization" },
      });
    if (props.requestsPerTarget !== undefined)
      this.track("requests", {
        targetValue: props.requestsPerTarget,
        customizedMetricSpecification: { metrics: requestsOfEither(props.targetGroupSuffixes) },
      });
  }

  private track(what: string, configuration: Tracking) {
    new AppautoscalingPolicy(this, what, {
      name: what,
      policyType: "TargetTrackingScaling",
      serviceNamespace: this.target.serviceNamespace,
      scalableDimension: this.target.scalableDimension,
      resourceId: this.target.resourceId,
      targetTrackingScalingPolicyConfiguration: { ...configuration, ...this.cooldown },
    });
  }
}

/**
 * Requests per target in the target group that has traffic. The predefined metric is for one target
 * group, and blue/green deployments alternate between two. The silent one has no data; MAX skips it, and
 * FILL could keep an alarm in one state forever.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
 */
function requestsOfEither(targetGroupSuffixes: readonly string[]) {
  const metrics = targetGroupSuffixes.map((suffix, index) => ({
    id: `group${index}`,
    returnData: false,
    metricStat: {
      stat: "Sum",
      metric: {
        namespace: "AWS/ApplicationELB",
        metricName: "RequestCountPerTarget",
        dimensions: [{ name: "TargetGroup", value: suffix }],
      },
    },
  }));
  const groups = metrics.map(({ id }) => id).join(", ");
  return [
    ...metrics,
    { id: "busier", label: "Requests per target", expression: `MAX([${groups}])`, returnData: true },
  ];
}
