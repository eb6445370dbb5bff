import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Scaling, type ScalingProps } from "../../../src/constructs/service/scaling";
import { all, synth, theOnly, type Stack } from "../../support/synth";

const props: ScalingProps = {
  clusterName: "bys-dev-ecs-main",
  serviceName: "bys-dev-svc-awssdk-iam",
  min: 2,
  max: 6,
  cpuPercent: 60,
  memoryPercent: 70,
  requestsPerTarget: 1000,
  targetGroupSuffixes: [
    "targetgroup/bys-dev-tg-awssdk-iam-blue/73e2d6bc24d8a067",
    "targetgroup/bys-dev-tg-awssdk-iam-green/8e3a1c5d7f902b46",
  ],
};

const build = (overrides: Partial<ScalingProps> = {}) =>
  synth((scope) => new Scaling(scope, "scaling", { ...props, ...overrides }));

const policyOf = (stack: Stack, what: string) =>
  all(stack, AppautoscalingPolicy).find(({ name }) => name === what);

const stack = build();
const byCpu = policyOf(stack, "cpu");
const byRequests = policyOf(stack, "requests");

describe("Scaling", () => {
  it("owns the number of one service's tasks, within its bounds, and leaves a suspension as it is", () => {
    expect(theOnly(stack, AppautoscalingTarget)).toEqual({
      service_namespace: "ecs",
      scalable_dimension: "ecs:service:DesiredCount",
      resource_id: "service/bys-dev-ecs-main/bys-dev-svc-awssdk-iam",
      min_capacity: 2,
      max_capacity: 6,
      lifecycle: { ignore_changes: ["suspended_state"] },
    });
  });

  it("keeps the service's CPU near the target", () => {
    expect(byCpu?.target_tracking_scaling_policy_configuration).toEqual({
      target_value: 60,
      predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
    });
  });

  it("keeps the service's memory near the target", () => {
    expect(policyOf(stack, "memory")?.target_tracking_scaling_policy_configuration).toEqual({
      target_value: 70,
      predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageMemoryUtilization" },
    });
  });

  it.each(["cpu", "memory", "requests"])(
    "waits between two changes by %s for as long as it is told",
    (what) => {
      const policy = policyOf(build({ cooldownSeconds: 90 }), what);
      expect(policy?.target_tracking_scaling_policy_configuration).toMatchObject({
        scale_in_cooldown: 90,
        scale_out_cooldown: 90,
      });
    },
  );

  it("keeps requests near the target", () => {
    expect(byRequests?.target_tracking_scaling_policy_configuration).toMatchObject({ target_value: 1000 });
  });

  it("counts requests in whichever target group is the busier, because releases swap them", () => {
    const groups = props.targetGroupSuffixes.map((value, index) => ({
      id: `group${index}`,
      return_data: false,
      metric_stat: {
        stat: "Sum",
        metric: {
          namespace: "AWS/ApplicationELB",
          metric_name: "RequestCountPerTarget",
          dimensions: [{ name: "TargetGroup", value }],
        },
      },
    }));
    expect(byRequests?.target_tracking_scaling_policy_configuration).toMatchObject({
      customized_metric_specification: {
        metrics: [...groups, { id: "busier", expression: "MAX([group0, group1])", return_data: true }],
      },
    });
  });

  it("does not use the predefined metric of requests, which knows one target group", () => {
    expect(JSON.stringify(byRequests)).not.toContain("predefined_metric");
  });

  it.each(["cpu", "memory", "requests"])("scales by %s once its target exists", (what) => {
    const policy = policyOf(stack, what);
    expect(policy?.policy_type).toBe("TargetTrackingScaling");
    expect(policy?.service_namespace).toMatch(
      /^\$\{aws_appautoscaling_target\.scaling_target_\w+\.service_names/,
    );
    expect(policy?.scalable_dimension).toMatch(
      /^\$\{aws_appautoscaling_target\.scaling_target_\w+\.scalable_/,
    );
    expect(policy?.resource_id).toMatch(/^\$\{aws_appautoscaling_target\.scaling_target_\w+\.resource_id\}$/);
  });

  it.each([
    ["cpu", { cpuPercent: 60 }],
    ["memory", { memoryPercent: 70 }],
    ["requests", { requestsPerTarget: 1000 }],
  ])("scales by %s alone when no other target is given", (what, target) => {
    const none = { cpuPercent: undefined, memoryPercent: undefined, requestsPerTarget: undefined };
    expect(theOnly(build({ ...none, ...target }), AppautoscalingPolicy).name).toBe(what);
  });
});
