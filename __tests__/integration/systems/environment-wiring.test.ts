import { scaledIn, type Delivery } from "../../../src/system/system";
import { without } from "../../support/resolved";
import {
  escaped,
  everyDelivery,
  expectClosedBucket,
  mention,
  systems,
  theOne,
  usesOf,
} from "../../support/wired-systems";

const CHOSEN_OF_CONTAINERS = [
  "command",
  "environment",
  "essential",
  "image",
  "linuxParameters",
  "portMappings",
];

const CHOSEN_OF_SERVICES = [
  "desired_count",
  "enable_ecs_managed_tags",
  "health_check_grace_period_seconds",
  "load_balancer",
  "network_configuration",
  "platform_version",
  "propagate_tags",
  "wait_for_steady_state",
];

describe.each(everyDelivery)("$title", ({ delivery, resources }) => {
  const { account, arns, names, region, service, settings, shared } = delivery;
  const inEnvironment = (type: string, by: string, value: string) =>
    theOne(resources, account.id, type, by, value).block;

  it("starts one placeholder with both roles and its log, without secrets and sidecars", () => {
    const { container_definitions: json, ...definition } = without(
      inEnvironment("aws_ecs_task_definition", "family", names.taskFamily),
      ["cpu", "memory", "runtime_platform", "skip_destroy"],
    );
    expect(definition).toEqual({
      family: names.taskFamily,
      execution_role_arn: arns.roles.execution,
      task_role_arn: arns.roles.task,
      network_mode: "awsvpc",
      requires_compatibilities: ["FARGATE"],
    });
    const containers = JSON.parse(String(json)) as { name: string }[];
    expect(containers.map((one) => without(one, CHOSEN_OF_CONTAINERS))).toEqual([
      {
        name: service.name,
        logConfiguration: {
          logDriver: "awslogs",
          options: {
            "awslogs-group": names.serviceLogGroup,
            "awslogs-region": region,
            "awslogs-stream-prefix": "app",
          },
        },
      },
    ]);
  });

  it("runs them as the service that CodeDeploy releases", () => {
    const definition = theOne(resources, account.id, "aws_ecs_task_definition", "family", names.taskFamily);
    const ecsService = inEnvironment("aws_ecs_service", "name", names.service);
    expect(without(ecsService, CHOSEN_OF_SERVICES)).toEqual({
      name: names.service,
      cluster: arns.cluster,
      task_definition: `\${aws_ecs_task_definition.${definition.id}.arn}`,
      deployment_controller: { type: "CODE_DEPLOY" },
      enable_execute_command: settings.task.exec,
      launch_type: "FARGATE",
    });
    const group = inEnvironment(
      "aws_codedeploy_deployment_group",
      "deployment_group_name",
      names.deploymentGroup,
    );
    const { load_balancer_info: loadBalancer, ...rest } = without(group, [
      "alarm_configuration",
      "auto_rollback_configuration",
      "blue_green_deployment_config",
    ]);
    expect(rest).toEqual({
      deployment_group_name: names.deploymentGroup,
      app_name: names.codeDeployApplication,
      service_role_arn: arns.roles.codeDeploy,
      deployment_config_name: delivery.deploymentConfigName,
      deployment_style: { deployment_type: "BLUE_GREEN", deployment_option: "WITH_TRAFFIC_CONTROL" },
      ecs_service: { cluster_name: names.cluster, service_name: names.service },
    });
    expect(loadBalancer).toMatchObject({
      target_group_pair_info: {
        target_group: [{ name: names.blueTargetGroup }, { name: names.greenTargetGroup }],
      },
    });
    expect(inEnvironment("aws_codedeploy_app", "name", names.codeDeployApplication)).toEqual({
      name: names.codeDeployApplication,
      compute_platform: "ECS",
    });
  });

  it("keeps images immutable, and images and logs without a key that nobody may use", () => {
    const images = inEnvironment("aws_ecr_repository", "name", names.containerRepository);
    expect(images).toMatchObject({
      encryption_configuration: [{ encryption_type: "AES256" }],
      image_tag_mutability: "IMMUTABLE",
    });
    const logs = [
      theOne(resources, shared.id, "aws_cloudwatch_log_group", "name", names.buildLogGroup).block,
      inEnvironment("aws_cloudwatch_log_group", "name", names.serviceLogGroup),
    ];
    for (const log of logs) expect(Object.keys(log).sort()).toEqual(["name", "retention_in_days"]);
  });
});

describe.each(systems)("the system $title", ({ resources, system }) => {
  it("keeps the state in a closed bucket that no resource uses", () => {
    expectClosedBucket(resources, system.shared.id, system.stateBucket);
    const uses = usesOf(resources, mention(system.stateBucket));
    expect(uses.filter((use) => !use.startsWith("aws_s3_bucket"))).toEqual([]);
  });

  it("uses each key for one service's artifacts", () => {
    for (const { name } of system.services) {
      const own = everyDelivery.filter(
        (one) => one.resources === resources && one.delivery.service.name === name,
      );
      const [first] = own;
      const { keyArn = "" } = first ?? {};
      const uses = [
        "aws_codebuild_project encryption_key",
        "aws_codepipeline artifact_store.encryption_key.id",
        "aws_s3_bucket_server_side_encryption_configuration rule.apply_server_side_encryption_by_default.kms_master_key_id",
        "aws_s3_object kms_key_id",
        "aws_s3_object kms_key_id",
      ];
      const ofKey = new RegExp(
        [keyArn.split("/")[1] ?? "", first?.delivery.names.artifactKeyAlias ?? ""].map(escaped).join("|"),
      );
      expect(usesOf(resources, ofKey)).toEqual(uses.flatMap((use) => own.map(() => use)));
    }
  });

  it.each(system.environments.map((environment) => [environment.name, environment] as const))(
    "records the traffic of %s with its role, in its log and its bucket",
    (_, environment) => {
      const { account, arns, flowLogs, ingress, names } = environment;
      const { accessLogsBucket: bucket } = ingress;
      const flowLogUses = usesOf(resources, mention(arns.flowLogRole));
      expect(flowLogUses).toEqual(flowLogs ? ["aws_flow_log iam_role_arn"] : []);
      if (flowLogs) {
        const flowLog = theOne(resources, account.id, "aws_flow_log", "iam_role_arn", arns.flowLogRole).block;
        expect(without(flowLog, ["vpc_id"])).toEqual({
          iam_role_arn: arns.flowLogRole,
          log_destination: arns.flowLogGroup,
          traffic_type: "ALL",
        });
        const group = theOne(
          resources,
          account.id,
          "aws_cloudwatch_log_group",
          "name",
          names.flowLogGroup,
        ).block;
        expect(Object.keys(group).sort()).toEqual(["name", "retention_in_days"]);
      }
      const loadBalancer = theOne(resources, account.id, "aws_lb", "name", names.loadBalancer).block;
      expect(loadBalancer.access_logs).toEqual(bucket === undefined ? undefined : { bucket, enabled: true });
      expect(loadBalancer.load_balancer_type).toBe("application");
      if (bucket !== undefined) expectClosedBucket(resources, account.id, bucket);
    },
  );

  it("has a pipeline, a build and a service for each delivery, and no further one", () => {
    const count = (type: string) => resources.filter((one) => one.type === type).length;
    const { deliveries, environments, notifications } = system;
    // Three messages about a delivery, and one for its approval.
    const noticed = notifications.reduce(
      (sum, one) => sum + one.deliveries.length * (one.environment.approval ? 4 : 3),
      0,
    );
    const triggered = deliveries.filter(isTriggered).length;
    const scaled = environments.filter((environment) => scaledIn(deliveries, environment).length > 0).length;
    expect({
      pipelines: count("aws_codepipeline"),
      projects: count("aws_codebuild_project"),
      rules: count("aws_cloudwatch_event_rule"),
      targets: count("aws_cloudwatch_event_target"),
      services: count("aws_ecs_service"),
      taskDefinitions: count("aws_ecs_task_definition"),
      deploymentGroups: count("aws_codedeploy_deployment_group"),
      keys: count("aws_kms_key"),
      roles: count("aws_iam_role"),
    }).toEqual({
      pipelines: deliveries.length,
      projects: deliveries.length,
      // Two rules of an environment keep events.
      rules: triggered + scaled + 2 * environments.length + noticed,
      targets: triggered + scaled + 2 * environments.length + noticed,
      services: deliveries.length,
      taskDefinitions: deliveries.length,
      deploymentGroups: deliveries.length,
      keys: system.services.length + notifications.filter(({ emails }) => emails).length,
      roles:
        deliveries.length * 7 +
        triggered +
        scaled * 2 +
        environments.filter(({ flowLogs }) => flowLogs).length +
        system.promotions.length,
    });
  });
});

const isTriggered = ({ service }: Delivery) => service.source.connection === undefined;
