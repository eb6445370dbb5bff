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
  /** Requests per minute and task. @default - no scaling by requests */
  readonly requestsPerTarget?: number;
  /** ARN suffixes of blue and green, either of which can have the traffic. */
  readonly targetGroupSuffixes: readonly string[];
}

type Tracking = AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration;

/** Changes the number of tasks to keep CPU or requests near a target. */
export class Scaling extends Construct {
  private readonly target: AppautoscalingTarget;

  constructor(scope: Construct, id: string, props: ScalingProps) {
    super(scope, id);

    this.target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${props.clusterName}/${props.serviceName}`,
      minCapacity: props.min,
      maxCapacity: props.max,
    });
    if (props.cpuPercent !== undefined)
      this.track("cpu", "cpu", {
        targetValue: props.cpuPercent,
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
      });
    if (props.requestsPerTarget !== undefined)
      this.track("requests", "requests", {
        targetValue: props.requestsPerTarget,
        customizedMetricSpecification: { metrics: requestsOfEither(props.targetGroupSuffixes) },
      });
  }

  private track(id: string, name: string, configuration: Tracking) {
    new AppautoscalingPolicy(this, id, {
      name,
      policyType: "TargetTrackingScaling",
      serviceNamespace: this.target.serviceNamespace,
      scalableDimension: this.target.scalableDimension,
      resourceId: this.target.resourceId,
      targetTrackingScalingPolicyConfiguration: configuration,
    });
  }
}

/**
 * Requests per target in the target group that has traffic. The predefined metric is for one target
 * group, and blue/green deployments alternate between two.
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
  const filled = metrics.map(({ id }) => `FILL(${id}, 0)`).join(", ");
  return [
    ...metrics,
    { id: "busier", label: "Requests per target", expression: `MAX([${filled}])`, returnData: true },
  ];
}
