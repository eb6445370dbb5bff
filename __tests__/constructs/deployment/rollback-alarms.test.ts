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
  serverErrors: 10,
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

    it("goes off by the server errors of the service, not of the load balancer", () => {
      expect(alarm(errors)).toMatchObject({
        namespace: "AWS/ApplicationELB",
        metric_name: "HTTPCode_Target_5XX_Count",
        statistic: "Sum",
        threshold: 10,
      });
    });

    it("goes off by tasks that fail their health check", () => {
      expect(alarm(unhealthy)).toMatchObject({
        namespace: "AWS/ApplicationELB",
        metric_name: "UnHealthyHostCount",
        statistic: "Maximum",
        threshold: 1,
      });
    });

    it("does not mistake one threshold for the other", () => {
      const thresholds = { serverErrors: 25, unhealthyHosts: 2 };
      expect(alarm(errors, thresholds)?.threshold).toBe(25);
      expect(alarm(unhealthy, thresholds)?.threshold).toBe(2);
    });

    describe.each([errors, unhealthy])("by %s", (name) => {
      it("counts one target group behind one load balancer", () => {
        expect(alarm(name)?.dimensions).toEqual({
          LoadBalancer: "app/bys-dev-alb-main/50dc6c495c0c9188",
          TargetGroup: targetGroup,
        });
      });

      it("goes off when the threshold is reached every minute for as long as it is told", () => {
        expect(alarm(name, { minutes: 7 })).toMatchObject({
          comparison_operator: "GreaterThanOrEqualToThreshold",
          period: 60,
          evaluation_periods: 7,
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
