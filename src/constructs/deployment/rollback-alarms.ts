import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface RollbackAlarmsProps {
  readonly loadBalancerSuffix: string;
  readonly targetGroups: readonly AlarmedTargetGroup[];
  /** Number of 5xx responses of the targets in one minute. */
  readonly serverErrors: number;
  readonly unhealthyHosts: number;
  /** Consecutive minutes before an alarm goes off. */
  readonly minutes: number;
}

export interface AlarmedTargetGroup {
  readonly color: "blue" | "green";
  readonly arnSuffix: string;
  readonly errorsAlarmName: string;
  readonly unhealthyAlarmName: string;
}

/** Alarms on both target groups of a service. Each of them stops a deployment and rolls it back. */
export class RollbackAlarms extends Construct {
  public readonly alarmNames: string[];

  constructor(scope: Construct, id: string, props: RollbackAlarmsProps) {
    super(scope, id);
    this.alarmNames = props.targetGroups.flatMap((group) => [
      this.alarm(`${group.color}-errors`, props, group, {
        alarmName: group.errorsAlarmName,
        alarmDescription: "Targets answer with server errors",
        metricName: "HTTPCode_Target_5XX_Count",
        statistic: "Sum",
        threshold: props.serverErrors,
      }),
      this.alarm(`${group.color}-unhealthy`, props, group, {
        alarmName: group.unhealthyAlarmName,
        alarmDescription: "Targets fail their health check",
        metricName: "UnHealthyHostCount",
        statistic: "Maximum",
        threshold: props.unhealthyHosts,
      }),
    ]);
  }

  private alarm(
    id: string,
    { loadBalancerSuffix, minutes }: RollbackAlarmsProps,
    { arnSuffix }: AlarmedTargetGroup,
    what: {
      alarmName: string;
      alarmDescription: string;
      metricName: string;
      statistic: string;
      threshold: number;
    },
  ): string {
    return new CloudwatchMetricAlarm(this, id, {
      ...what,
      namespace: "AWS/ApplicationELB",
      dimensions: { LoadBalancer: loadBalancerSuffix, TargetGroup: arnSuffix },
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      period: 60,
      evaluationPeriods: minutes,
      // The target group without traffic has no data. Its alarm must not stop the next deployment.
      treatMissingData: "notBreaching",
    }).alarmName;
  }
}
