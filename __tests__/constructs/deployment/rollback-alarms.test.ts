import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformOutput } from "cdktf";
import { RollbackAlarms, type RollbackAlarmsProps } from "../../../src/constructs/deployment/rollback-alarms";
import { all, synth } from "../../support/synth";

const props: RollbackAlarmsProps = {
  loadBalancerSuffix: "app/bys-dev-alb-main/50dc6c495c0c9188",
  targetGroups: [
    {
      color: "blue",
      arnSuffix: "targetgroup/bys-dev-tg-awssdk-iam-blue/73e2d6bc24d8a067",
      errorsAlarmName: "bys-dev-awssdk-iam-blue-errors",
      unhealthyAlarmName: "bys-dev-awssdk-iam-blue-unhealthy",
    },
    {
      color: "green",
      arnSuffix: "targetgroup/bys-dev-tg-awssdk-iam-green/8e3a1c5d7f902b46",
      errorsAlarmName: "bys-dev-awssdk-iam-green-errors",
      unhealthyAlarmName: "bys-dev-awssdk-iam-green-unhealthy",
    },
  ],
  errorPercent: 5,
  minimumRequests: 50,
  unhealthyHosts: 1,
  minutes: 3,
};

const build = (overrides: Partial<RollbackAlarmsProps> = {}) =>
  synth((scope) => {
    const { alarmNames } = new RollbackAlarms(scope, "alarms", { ...props, ...overrides });
    new TerraformOutput(scope, "names", { value: alarmNames, staticId: true });
  });

const alarm = (name: string, overrides: Partial<RollbackAlarmsProps> = {}) =>
  all(build(overrides), CloudwatchMetricAlarm).find(({ alarm_name: one }) => one === name);

const colors = [
  ["blue", "targetgroup/bys-dev-tg-awssdk-iam-blue/73e2d6bc24d8a067"],
  ["green", "targetgroup/bys-dev-tg-awssdk-iam-green/8e3a1c5d7f902b46"],
] as const;

describe("RollbackAlarms", () => {
  describe.each(colors)("on %s", (color, targetGroup) => {
    const errors = `bys-dev-awssdk-iam-${color}-errors`;
    const unhealthy = `bys-dev-awssdk-iam-${color}-unhealthy`;

    const dimensions = {
      LoadBalancer: "app/bys-dev-alb-main/50dc6c495c0c9188",
      TargetGroup: targetGroup,
    };
    const sum = (id: string, metric_name: string) => ({
      id,
      return_data: false,
      metric: { namespace: "AWS/ApplicationELB", metric_name, dimensions, stat: "Sum", period: 60 },
    });

    it("goes off by failed requests in percent of all, refused connections among them", () => {
      expect(alarm(errors)).toMatchObject({
        threshold: 5,
        metric_query: [
          sum("requests", "RequestCount"),
          sum("responses", "HTTPCode_Target_5XX_Count"),
          sum("connections", "TargetConnectionErrorCount"),
          {
            id: "percent",
            expression: "IF(requests >= 50, 100 * (FILL(responses, 0) + FILL(connections, 0)) / requests, 0)",
            return_data: true,
          },
        ],
      });
      expect(alarm(errors)).not.toHaveProperty("metric_name");
    });

    it("goes off by tasks that fail their health check, counted as AWS recommends", () => {
      expect(alarm(unhealthy)).toMatchObject({
        namespace: "AWS/ApplicationELB",
        metric_name: "UnHealthyHostCount",
        dimensions,
        statistic: "Minimum",
        period: 60,
        threshold: 1,
      });
    });

    it("does not mistake one threshold for the other", () => {
      const thresholds = { errorPercent: 25, minimumRequests: 10, unhealthyHosts: 2 };
      expect(alarm(errors, thresholds)?.threshold).toBe(25);
      expect(JSON.stringify(alarm(errors, thresholds))).toContain("IF(requests >= 10,");
      expect(alarm(unhealthy, thresholds)?.threshold).toBe(2);
    });

    describe.each([errors, unhealthy])("by %s", (name) => {
      it("goes off when as many of the last minutes as it is told, and two more, were bad", () => {
        expect(alarm(name, { minutes: 7 })).toMatchObject({
          comparison_operator: "GreaterThanOrEqualToThreshold",
          datapoints_to_alarm: 7,
          evaluation_periods: 9,
        });
      });

      it("stays quiet without data, or it would stop the next deployment", () => {
        expect(alarm(name)?.treat_missing_data).toBe("notBreaching");
      });

      it("calls nobody: CodeDeploy looks by itself", () => {
        expect(alarm(name)).not.toHaveProperty("alarm_actions");
      });
    });
  });

  it("hands on the names of all four alarms, as references that a deployment group waits for", () => {
    expect(build().output?.names?.value).toEqual([
      expect.stringMatching(/^\$\{aws_cloudwatch_metric_alarm\.alarms_blue-errors_\w+\.alarm_name\}$/),
      expect.stringMatching(/^\$\{aws_cloudwatch_metric_alarm\.alarms_blue-unhealthy_\w+\.alarm_name\}$/),
      expect.stringMatching(/^\$\{aws_cloudwatch_metric_alarm\.alarms_green-errors_\w+\.alarm_name\}$/),
      expect.stringMatching(/^\$\{aws_cloudwatch_metric_alarm\.alarms_green-unhealthy_\w+\.alarm_name\}$/),
    ]);
    expect(all(build(), CloudwatchMetricAlarm)).toHaveLength(4);
  });
});
