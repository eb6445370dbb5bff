import { systemOf } from "../support/evidence";
import { breaks, DEV, ELSEWHERE, roleIn } from "../support/wiring";

const shipped = systemOf("codeseries.yaml");
const three = systemOf("__tests__/fixtures/three-environments.yaml");

const inDev = (service: string, resource: string) => `arn:aws:${service}:ap-northeast-2:${DEV}:${resource}`;
const group = inDev("logs", "log-group:/vpc/bys-dev");

breaks(shipped, "dev.aws_flow_log", group, [
  ["another role", "iam_role_arn", ELSEWHERE, roleIn(DEV, "bys-dev-iam-flow-logs-role")],
  ["another log", "log_destination", "other", group],
  ["another kind of log", "log_destination_type", "s3", "nothing"],
]);

breaks(shipped, "dev.aws_codedeploy_deployment_group", "bys-dev-cddpg-ecs-main-awssdk-iam", [
  ["another role", "service_role_arn", ELSEWHERE, roleIn(DEV, "bys-dev-iam-cdp-role")],
  ["another application", "app_name", "other", "bys-dev-cddp-ecs-main-awssdk-iam"],
  ["another cluster", "ecs_service.cluster_name", "other", "bys-dev-ecs-main"],
  ["another service", "ecs_service.service_name", "other", "bys-dev-svc-awssdk-iam"],
  ["another configuration", "deployment_config_name", "other", "CodeDeployDefault.ECSAllAtOnce"],
  ["a topic that is told", "trigger_configuration", "other", "nothing"],
]);

breaks(shipped, "dev.aws_ecs_task_definition", "bys-dev-td-awssdk-iam", [
  ["another task role", "task_role_arn", ELSEWHERE, roleIn(DEV, "bys-dev-iam-awssdk-iam-ecs-task-role")],
  [
    "another execution role",
    "execution_role_arn",
    ELSEWHERE,
    roleIn(DEV, "bys-dev-iam-awssdk-iam-ecs-task-exec-role"),
  ],
  ["a volume", "volume", "other", "nothing"],
  [
    "a secret more",
    "container_definitions",
    (text: string) => text.replace('"secrets":[]', '"secrets":[{"name":"PASSWORD","valueFrom":"other"}]'),
    "nothing",
    "PASSWORD",
    "container_definitions.awssdk-iam.secrets",
  ],
]);

breaks(shipped, "dev.aws_ecs_service", "bys-dev-svc-awssdk-iam", [
  [
    "another task definition",
    "task_definition",
    "other",
    inDev("ecs", "task-definition/bys-dev-td-awssdk-iam:1"),
  ],
  ["another cluster", "cluster", "other", inDev("ecs", "cluster/bys-dev-ecs-main")],
  ["a role", "iam_role", ELSEWHERE, "nothing"],
  ["a shell that nobody asked for", "enable_execute_command", true, "false"],
]);

breaks(shipped, "dev.aws_lb", "bys-dev-alb-main", [
  ["an access log that nobody asked for", "access_logs", "other", "nothing"],
]);
breaks(three, "prd.aws_lb", "acme-prd", [
  ["another bucket of access logs", "access_logs.bucket", "other", "acme-prd-access-logs"],
]);
