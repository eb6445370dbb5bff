import { CodedeployDeploymentConfig } from "@cdktf/provider-aws/lib/codedeploy-deployment-config";
import { TerraformOutput } from "cdktf";
import { TrafficShift, type TrafficShiftProps } from "../../../src/constructs/deployment/traffic-shift";
import { synth, theOnly } from "../../support/synth";

const props: TrafficShiftProps = {
  deploymentConfigName: "bys-dev-cddpg-ecs-main-awssdk-iam-canary-20-percent-10-minutes",
  kind: "canary",
  percent: 20,
  minutes: 10,
};

const build = (overrides: Partial<TrafficShiftProps> = {}) =>
  synth((scope) => {
    const { deploymentConfigName } = new TrafficShift(scope, "shift", { ...props, ...overrides });
    new TerraformOutput(scope, "name", { value: deploymentConfigName, staticId: true });
  });

const stack = build();

describe("TrafficShift", () => {
  it("makes a configuration for ECS, under the name it is given", () => {
    expect(theOnly(stack, CodedeployDeploymentConfig)).toMatchObject({
      deployment_config_name: "bys-dev-cddpg-ecs-main-awssdk-iam-canary-20-percent-10-minutes",
      compute_platform: "ECS",
    });
  });

  it("shifts a part first and the rest later, as a canary", () => {
    expect(theOnly(stack, CodedeployDeploymentConfig).traffic_routing_config).toEqual({
      type: "TimeBasedCanary",
      time_based_canary: { percentage: 20, interval: 10 },
    });
  });

  it("shifts in equal steps when it is linear", () => {
    const linear = build({ kind: "linear", percent: 25, minutes: 2 });
    expect(theOnly(linear, CodedeployDeploymentConfig).traffic_routing_config).toEqual({
      type: "TimeBasedLinear",
      time_based_linear: { percentage: 25, interval: 2 },
    });
  });

  it("counts no healthy hosts, which ECS does not have", () => {
    expect(theOnly(stack, CodedeployDeploymentConfig)).not.toHaveProperty("minimum_healthy_hosts");
  });

  it("goes only after its successor is there: the group must first let go of it", () => {
    expect(theOnly(stack, CodedeployDeploymentConfig).lifecycle).toEqual({ create_before_destroy: true });
  });

  it("hands on its name as a reference, so that the group waits for it", () => {
    expect(stack.output?.name?.value).toMatch(
      /^\$\{aws_codedeploy_deployment_config\.shift_config_\w+\.id\}$/,
    );
  });
});
