import type { Parties } from "../../parties";
import { ANY } from "../difference";
import { logGroupWire } from "./log-group";
import type { Wire } from "./wire";

/** Where a service runs: in whose name, from which images, with which secrets. */
export function serviceWires(parties: Parties): Wire[] {
  const { account, names } = parties;
  return [
    logGroupWire(account, names.serviceLogGroup),
    {
      account,
      type: "aws_ecr_repository",
      by: ["name"],
      block: {
        name: names.containerRepository,
        encryption_configuration: [{ encryption_type: "AES256" }],
        image_tag_mutability: "IMMUTABLE",
        image_scanning_configuration: ANY,
        force_delete: ANY,
      },
    },
    taskDefinitionWire(parties),
    serviceWire(parties),
  ];
}

function taskDefinitionWire({ account, configured, names, region, roles, service }: Parties): Wire {
  const { secrets, xray } = configured.settings.task;
  const container = (name: string) => ({
    name,
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": names.serviceLogGroup,
        "awslogs-region": region,
        "awslogs-stream-prefix": ANY,
      },
    },
    ...Object.fromEntries(CHOSEN_OF_CONTAINERS.map((argument) => [argument, ANY])),
  });
  const named = Object.entries(secrets).map(([name, valueFrom]) => ({ name, valueFrom }));
  return {
    account,
    type: "aws_ecs_task_definition",
    by: ["family"],
    block: {
      family: names.taskFamily,
      execution_role_arn: roles.execution,
      task_role_arn: roles.task,
      container_definitions: [
        { ...container(service), secrets: new Set(named) },
        ...(xray ? [container("xray-daemon")] : []),
      ],
      network_mode: "awsvpc",
      requires_compatibilities: ["FARGATE"],
      runtime_platform: ANY,
      cpu: ANY,
      memory: ANY,
      skip_destroy: ANY,
    },
  };
}

const CHOSEN_OF_CONTAINERS = [
  "command",
  "environment",
  "essential",
  "image",
  "linuxParameters",
  "portMappings",
];

function serviceWire({ account, configured, names, region, taskDefinition }: Parties): Wire {
  return {
    account,
    type: "aws_ecs_service",
    by: ["name"],
    block: {
      name: names.service,
      cluster: `arn:aws:ecs:${region}:${account}:cluster/${names.cluster}`,
      task_definition: taskDefinition,
      deployment_controller: { type: "CODE_DEPLOY" },
      enable_execute_command: configured.settings.task.exec,
      launch_type: "FARGATE",
      ...Object.fromEntries(CHOSEN_OF_SERVICES.map((argument) => [argument, ANY])),
    },
  };
}

const CHOSEN_OF_SERVICES = [
  "desired_count",
  "enable_ecs_managed_tags",
  "health_check_grace_period_seconds",
  "lifecycle",
  "load_balancer",
  "network_configuration",
  "platform_version",
  "propagate_tags",
  "wait_for_steady_state",
];
