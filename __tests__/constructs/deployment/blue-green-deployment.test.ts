import { CodedeployApp } from "@cdktf/provider-aws/lib/codedeploy-app";
import { CodedeployDeploymentGroup } from "@cdktf/provider-aws/lib/codedeploy-deployment-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import {
  BlueGreenDeployment,
  type BlueGreenDeploymentProps,
} from "../../../src/constructs/deployment/blue-green-deployment";
import { codeDeployPermissions } from "../../../src/constructs/deployment/code-deploy-permissions";
import { policies, statement, synth, theOnly } from "../../support/synth";

const listener =
  "arn:aws:elasticloadbalancing:ap-northeast-2:558846431111:listener/app/bys-dev-alb-main/50dc6c495c0c9188";

const props: BlueGreenDeploymentProps = {
  applicationName: "bys-dev-cddp-ecs-main-awssdk-iam",
  deploymentGroupName: "bys-dev-cddpg-ecs-main-awssdk-iam",
  roleName: "bys-dev-iam-cdp-role",
  deploymentConfigName: "CodeDeployDefault.ECSAllAtOnce",
  accountId: "558846431111",
  region: "ap-northeast-2",
  clusterName: "bys-dev-ecs-main",
  serviceName: "bys-dev-svc-awssdk-iam",
  loadBalancerName: "bys-dev-alb-main",
  targetGroupNames: { blue: "bys-dev-tg-awssdk-iam-blue", green: "bys-dev-tg-awssdk-iam-green" },
  productionListenerArn: `${listener}/f2f7dc8efc522ab2`,
  testListenerArn: `${listener}/0467ef3c8400ae65`,
  taskRoleArns: [
    "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-exec-role",
    "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-role",
  ],
  hookArns: [],
  blueTerminationWaitMinutes: 5,
  readyWaitMinutes: 0,
  alarmNames: [],
};

const build = (overrides: Partial<BlueGreenDeploymentProps> = {}) =>
  synth((scope) => new BlueGreenDeployment(scope, "deployment", { ...props, ...overrides }));

const groupOf = (overrides: Partial<BlueGreenDeploymentProps> = {}) =>
  theOnly(build(overrides), CodedeployDeploymentGroup);

const stack = build();
const group = groupOf();

describe("BlueGreenDeployment", () => {
  it("makes an application for ECS, with one deployment group", () => {
    expect(theOnly(stack, CodedeployApp)).toEqual({
      name: "bys-dev-cddp-ecs-main-awssdk-iam",
      compute_platform: "ECS",
    });
    expect(group.deployment_group_name).toBe("bys-dev-cddpg-ecs-main-awssdk-iam");
    expect(group.app_name).toMatch(/^\$\{aws_codedeploy_app\.deployment_application_\w+\.name\}$/);
  });

  it("releases one service, blue/green with traffic control", () => {
    expect(group).toMatchObject({
      deployment_style: { deployment_type: "BLUE_GREEN", deployment_option: "WITH_TRAFFIC_CONTROL" },
      ecs_service: { cluster_name: "bys-dev-ecs-main", service_name: "bys-dev-svc-awssdk-iam" },
    });
  });

  it("shifts traffic as it is told, never by the provider's default, which ECS does not know", () => {
    expect(group.deployment_config_name).toBe("CodeDeployDefault.ECSAllAtOnce");
    expect(groupOf({ deploymentConfigName: "bys-dev-canary-10-percent-5-minutes" })).toMatchObject({
      deployment_config_name: "bys-dev-canary-10-percent-5-minutes",
    });
  });

  it("alternates between two target groups, blue first", () => {
    expect(group.load_balancer_info).toMatchObject({
      target_group_pair_info: {
        target_group: [{ name: "bys-dev-tg-awssdk-iam-blue" }, { name: "bys-dev-tg-awssdk-iam-green" }],
      },
    });
  });

  it("moves one production listener, and tests on another", () => {
    expect(group.load_balancer_info).toMatchObject({
      target_group_pair_info: {
        prod_traffic_route: { listener_arns: [props.productionListenerArn] },
        test_traffic_route: { listener_arns: [props.testListenerArn] },
      },
    });
  });

  it("sets no option that is for fleets of instances", () => {
    expect(JSON.stringify(group)).not.toContain("green_fleet_provisioning_option");
    expect(group).not.toHaveProperty("autoscaling_groups");
  });

  it("leaves nothing to drift: deployments do not change the group", () => {
    expect(group).not.toHaveProperty("lifecycle");
  });

  it.each([0, 5, 2880])("keeps blue for %d minutes, then ends it", (minutes) => {
    expect(groupOf({ blueTerminationWaitMinutes: minutes }).blue_green_deployment_config).toMatchObject({
      terminate_blue_instances_on_deployment_success: {
        action: "TERMINATE",
        termination_wait_time_in_minutes: minutes,
      },
    });
  });

  describe("once green is ready", () => {
    const readyOption = (readyWaitMinutes: number) =>
      (groupOf({ readyWaitMinutes }).blue_green_deployment_config as Record<string, unknown>)
        .deployment_ready_option;

    it("moves traffic at once, and names no wait, which CodeDeploy would refuse", () => {
      expect(readyOption(0)).toEqual({ action_on_timeout: "CONTINUE_DEPLOYMENT" });
    });

    it("waits for a person when it shall, and stops when nobody comes", () => {
      expect(readyOption(30)).toEqual({ action_on_timeout: "STOP_DEPLOYMENT", wait_time_in_minutes: 30 });
    });
  });

  describe("without alarms", () => {
    it("rolls back a deployment that fails, or that a person stops", () => {
      expect(group.auto_rollback_configuration).toEqual({
        enabled: true,
        events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"],
      });
    });

    it("watches none", () => {
      expect(group).not.toHaveProperty("alarm_configuration");
    });
  });

  describe("with alarms", () => {
    const alarmNames = ["bys-dev-awssdk-iam-blue-errors", "bys-dev-awssdk-iam-green-errors"];
    const alarmed = groupOf({ alarmNames });

    it("watches them", () => {
      expect(alarmed.alarm_configuration).toEqual({ enabled: true, alarms: alarmNames });
    });

    it("rolls back when one goes off, and still when a deployment fails or a person stops it", () => {
      expect(alarmed.auto_rollback_configuration).toEqual({
        enabled: true,
        events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_STOP_ON_ALARM"],
      });
    });
  });

  describe("as CodeDeploy's role", () => {
    it("is the group's, and has its policy before the group exists", () => {
      expect(theOnly(stack, IamRole).name).toBe("bys-dev-iam-cdp-role");
      expect(group.service_role_arn).toMatch(/^\$\{aws_iam_role\.deployment_role_\w+\.arn\}$/);
      expect(group.depends_on).toEqual([
        expect.stringMatching(/^aws_iam_role_policy\.deployment_role_policy_/),
      ]);
    });

    it("is assumed for the groups of its own application only", () => {
      expect(statement(stack, "AssumeForOwnResource")).toMatchObject({
        principals: [{ type: "Service", identifiers: ["codedeploy.amazonaws.com"] }],
        condition: [
          { test: "StringEquals", variable: "aws:SourceAccount", values: ["558846431111"] },
          {
            test: "ArnLike",
            variable: "aws:SourceArn",
            values: [
              "arn:aws:codedeploy:ap-northeast-2:558846431111:deploymentgroup:bys-dev-cddp-ecs-main-awssdk-iam/*",
            ],
          },
        ],
      });
    });

    it("may do what a deployment takes, hooks included, and nothing else", () => {
      const hookArns = ["arn:aws:lambda:ap-northeast-2:558846431111:function:bys-dev-smoke-test"];
      expect(policies(build({ hookArns }))["deployment_role_permissions"]).toEqual(
        codeDeployPermissions({ ...props, hookArns }),
      );
    });
  });
});
