import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
  type CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface RollbackAlarmsProps {
  readonly loadBalancerSuffix: string;
  readonly targetGroups: readonly AlarmedTargetGroup[];
  /** Failed requests of the targets in one minute, in percent of all. */
  readonly errorPercent: number;
  /** Minutes with fewer requests do not count. */
  readonly minimumRequests: number;
  readonly unhealthyHosts: number;
  /** How many of the last `minutes` and two more must be bad. */
  readonly minutes: number;
}

export interface AlarmedTargetGroup {
  readonly color: "blue" | "green";
  readonly arnSuffix: string;
  readonly errorsAlarmName: string;
  readonly unhealthyAlarmName: string;
}

const NAMESPACE = "AWS/ApplicationELB";
const PERIOD_SECONDS = 60;
/** One good minute between bad ones must not hide them, and the newest minutes may not have data yet. */
const SPARE_MINUTES = 2;

/** Alarms on both target groups of a service. Each of them stops a deployment and rolls it back. */
export class RollbackAlarms extends Construct {
  public readonly alarmNames: string[];

  constructor(scope: Construct, id: string, props: RollbackAlarmsProps) {
    super(scope, id);
    this.alarmNames = props.targetGroups.flatMap((group) => [
      this.alarm(`${group.color}-errors`, props, {
        alarmName: group.errorsAlarmName,
        alarmDescription: "Targets fail too many requests",
        metricQuery: errorPercent(props, group),
        threshold: props.errorPercent,
      }),
      this.alarm(`${group.color}-unhealthy`, props, {
        alarmName: group.unhealthyAlarmName,
        alarmDescription: "Targets fail their health check",
        namespace: NAMESPACE,
        metricName: "UnHealthyHostCount",
        dimensions: dimensionsOf(props, group),
        // Each node of the load balancer counts. AWS recommends the least count for this metric.
        statistic: "Minimum",
        period: PERIOD_SECONDS,
        threshold: props.unhealthyHosts,
      }),
    ]);
  }

  private alarm(
    id: string,
    { minutes }: RollbackAlarmsProps,
    what: Omit<CloudwatchMetricAlarmConfig, "comparisonOperator" | "evaluationPeriods">,
  ): string {
    return new CloudwatchMetricAlarm(this, id, {
      ...what,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      evaluationPeriods: minutes + SPARE_MINUTES,
      datapointsToAlarm: minutes,
      // The target group without traffic has no data. Its alarm must not stop the next deployment.
      treatMissingData: "notBreaching",
      // A new name would delete the alarm before the target group that it is named after has changed.
      lifecycle: { ignoreChanges: ["alarm_name"] },
    }).alarmName;
  }
}

const dimensionsOf = ({ loadBalancerSuffix }: RollbackAlarmsProps, { arnSuffix }: AlarmedTargetGroup) => ({
  LoadBalancer: loadBalancerSuffix,
  TargetGroup: arnSuffix,
});

/**
 * Responses of the targets with 5xx, and connections that they refused, which have no response. The load
 * balancer reports both only where there are some. In an alarm, FILL needs more periods than must be bad.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
function errorPercent(
  props: RollbackAlarmsProps,
  group: AlarmedTargetGroup,
): CloudwatchMetricAlarmMetricQuery[] {
  const sum = (id: string, metricName: string): CloudwatchMetricAlarmMetricQuery => ({
    id,
    returnData: false,
    metric: {
      namespace: NAMESPACE,
      metricName,
      dimensions: dimensionsOf(props, group),
      stat: "Sum",
      period: PERIOD_SECONDS,
    },
  });
  const failed = "FILL(responses, 0) + FILL(connections, 0)";
  return [
    sum("requests", "RequestCount"),
    sum("responses", "HTTPCode_Target_5XX_Count"),
    sum("connections", "TargetConnectionErrorCount"),
    {
      id: "percent",
      label: "Failed requests in percent",
      expression: `IF(requests >= ${props.minimumRequests}, 100 * (${failed}) / requests, 0)`,
      returnData: true,
    },
  ];
}
