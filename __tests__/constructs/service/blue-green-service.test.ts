import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import {
  BlueGreenService,
  type BlueGreenServiceProps,
} from "../../../src/constructs/service/blue-green-service";
import { synth, theOnly } from "../../support/synth";

const props: BlueGreenServiceProps = {
  serviceName: "bys-dev-svc-awssdk-iam",
  clusterArn: "arn:aws:ecs:ap-northeast-2:558846431111:cluster/bys-dev-ecs-main",
  taskFamily: "bys-dev-td-awssdk-iam",
  logGroupName: "/ecs/bys-dev-awssdk-iam",
  logRetentionDays: 30,
  cpu: 256,
  memoryMiB: 512,
  runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
  containerDefinitions: '[{"name":"awssdk-iam"}]',
  container: { name: "awssdk-iam", port: 10012 },
  exec: false,
  executionRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-exec-role",
  taskRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-role",
  desiredCount: 2,
  scaled: false,
  healthCheckGraceSeconds: 120,
  network: {
    subnetIds: ["subnet-0d1e2f30415263748", "subnet-0e1f203142536475f"],
    securityGroupId: "sg-0a1b2c3d4e5f60718",
    publicAddress: false,
  },
  blueTargetGroupArn:
    "arn:aws:elasticloadbalancing:ap-northeast-2:558846431111:targetgroup/bys-dev-tg-awssdk-iam-blue/73e2d6bc24d8a067",
  dependsOn: [{ fqn: "aws_lb_listener.production" }, { fqn: "aws_lb_listener.test" }],
};

const build = (overrides: Partial<BlueGreenServiceProps> = {}) =>
  synth((scope) => new BlueGreenService(scope, "tasks", { ...props, ...overrides }));

const stack = build();
const service = theOnly(stack, EcsService);
const taskDefinition = theOnly(stack, EcsTaskDefinition);

describe("BlueGreenService", () => {
  it("runs tasks on Fargate in its cluster", () => {
    expect(service).toMatchObject({
      name: "bys-dev-svc-awssdk-iam",
      cluster: "arn:aws:ecs:ap-northeast-2:558846431111:cluster/bys-dev-ecs-main",
      launch_type: "FARGATE",
      platform_version: "LATEST",
      desired_count: 2,
    });
  });

  it("is released by CodeDeploy, never by ECS itself", () => {
    expect(service.deployment_controller).toEqual({ type: "CODE_DEPLOY" });
    expect(service).not.toHaveProperty("deployment_circuit_breaker");
  });

  it("never forces a deployment, which ECS refuses beside CodeDeploy", () => {
    expect(service).not.toHaveProperty("force_new_deployment");
  });

  it("leaves to CodeDeploy what ECS would refuse to update, and nothing else", () => {
    expect(service.lifecycle).toEqual({
      ignore_changes: ["task_definition", "load_balancer", "network_configuration", "platform_version"],
    });
  });

  it("leaves the number of tasks to autoscaling when there is some", () => {
    expect(theOnly(build({ scaled: true }), EcsService).lifecycle).toEqual({
      ignore_changes: [
        "task_definition",
        "load_balancer",
        "network_configuration",
        "platform_version",
        "desired_count",
      ],
    });
  });

  it("does not let autoscaling of one service loosen the next", () => {
    build({ scaled: true });
    expect(JSON.stringify(theOnly(build(), EcsService).lifecycle)).not.toContain("desired_count");
  });

  it("starts on blue", () => {
    expect(service.load_balancer).toEqual([
      { target_group_arn: props.blueTargetGroupArn, container_name: "awssdk-iam", container_port: 10012 },
    ]);
  });

  it("waits for both listeners, for whatever else it is told, and for its log group", () => {
    expect(service.depends_on).toEqual([
      "aws_lb_listener.production",
      "aws_lb_listener.test",
      expect.stringMatching(/^aws_cloudwatch_log_group\.tasks_log-group_/),
    ]);
  });

  it("does not wait for a steady state: the placeholder may take its time", () => {
    expect(service.wait_for_steady_state).toBe(false);
  });

  it("gives a task time to start before its health counts", () => {
    expect(service.health_check_grace_period_seconds).toBe(120);
  });

  it("tags its tasks", () => {
    expect(service).toMatchObject({ enable_ecs_managed_tags: true, propagate_tags: "SERVICE" });
  });

  it("runs tasks in the subnets and the one security group that it is given, without public addresses", () => {
    expect(service.network_configuration).toEqual({
      subnets: ["subnet-0d1e2f30415263748", "subnet-0e1f203142536475f"],
      security_groups: ["sg-0a1b2c3d4e5f60718"],
      assign_public_ip: false,
    });
  });

  it("gives tasks public addresses only where they have no other way out", () => {
    const network = { ...props.network, publicAddress: true };
    expect(theOnly(build({ network }), EcsService).network_configuration).toMatchObject({
      assign_public_ip: true,
    });
  });

  it.each([true, false])("opens shells only if it may (%s)", (exec) => {
    expect(theOnly(build({ exec }), EcsService).enable_execute_command).toBe(exec);
  });

  describe("as its first task definition", () => {
    it("has the size, the family and the roles of the service", () => {
      expect(taskDefinition).toMatchObject({
        family: "bys-dev-td-awssdk-iam",
        requires_compatibilities: ["FARGATE"],
        network_mode: "awsvpc",
        cpu: "256",
        memory: "512",
        execution_role_arn: "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-exec-role",
        task_role_arn: "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-role",
        runtime_platform: { cpu_architecture: "X86_64", operating_system_family: "LINUX" },
      });
    });

    it("is the one that the service starts with", () => {
      expect(service.task_definition).toMatch(
        /^\$\{aws_ecs_task_definition\.tasks_task-definition_\w+\.arn\}$/,
      );
    });

    it("has the containers that it is given", () => {
      expect(taskDefinition.container_definitions).toBe('[{"name":"awssdk-iam"}]');
    });

    it("runs on the processor that it is given", () => {
      const runtimePlatform = { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" };
      expect(theOnly(build({ runtimePlatform }), EcsTaskDefinition).runtime_platform).toEqual({
        cpu_architecture: "ARM64",
        operating_system_family: "LINUX",
      });
    });

    it("keeps earlier revisions, which a rollback may want", () => {
      expect(taskDefinition.skip_destroy).toBe(true);
    });

    it("does not run after the revisions of releases", () => {
      expect(taskDefinition).not.toHaveProperty("track_latest");
      expect(taskDefinition).not.toHaveProperty("lifecycle");
    });
  });

  it("has a log group of its own, which keeps logs for as long as it is told", () => {
    expect(theOnly(build({ logRetentionDays: 365 }), CloudwatchLogGroup)).toEqual({
      name: "/ecs/bys-dev-awssdk-iam",
      retention_in_days: 365,
    });
  });
});
