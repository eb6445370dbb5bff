import { regionalArn } from "../../system/arns";
import type { Parties } from "../parties";
import type { RequiredCall } from "../request";
import { assume, callsBy, named, onBehalfOf } from "./call";
import { passCalls } from "./release";

/** From a running deployment to tasks that serve requests. */
export const runCalls = (parties: Parties): RequiredCall[] => [
  ...deploymentCalls(parties),
  ...taskStartCalls(parties),
  ...applicationCalls(parties),
];

/** @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html */
function deploymentCalls(parties: Parties): RequiredCall[] {
  const { account, arns, examples, hookArns, region } = parties;
  const codeDeploy = callsBy(arns.roles.codeDeploy, account.id);
  return [
    assume(
      "run the deployment",
      "codedeploy.amazonaws.com",
      arns.roles.codeDeploy,
      onBehalfOf(account.id, arns.deploymentGroup),
    ),
    codeDeploy(
      "make the green task set primary",
      ["ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet"],
      arns.ecsService,
    ),
    codeDeploy("start green, stop blue", ["ecs:CreateTaskSet", "ecs:DeleteTaskSet"], examples.taskSet),
    codeDeploy(
      "find listeners and target groups",
      ["DescribeTargetGroups", "DescribeListeners", "DescribeRules"].map(
        (action) => `elasticloadbalancing:${action}`,
      ),
      "*",
    ),
    codeDeploy("shift a listener's traffic", ["elasticloadbalancing:ModifyListener"], examples.listener),
    codeDeploy("shift a rule's traffic", ["elasticloadbalancing:ModifyRule"], examples.listenerRule),
    codeDeploy(
      "watch the alarms",
      ["cloudwatch:DescribeAlarms"],
      regionalArn({ accountId: account.id, region }, "cloudwatch", "alarm:*"),
    ),
    ...hookArns.map((hook) =>
      codeDeploy("test the release", ["lambda:InvokeFunction"], hook, named(hook, account.id)),
    ),
    ...passCalls(parties, arns.roles.codeDeploy),
  ];
}

const asTask = ({ account, examples }: Parties, purpose: string, role: string) =>
  assume(purpose, "ecs-tasks.amazonaws.com", role, onBehalfOf(account.id, examples.task));

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"];

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
function taskStartCalls(parties: Parties): RequiredCall[] {
  const { account, arns, examples, parameterArns, secretArns, sidecarRepositoryArns } = parties;
  const execution = callsBy(arns.roles.execution, account.id);
  return [
    asTask(parties, "start tasks", arns.roles.execution),
    execution("log in to the registry", ["ecr:GetAuthorizationToken"], "*"),
    execution("pull the image", PULL, arns.containerRepository),
    ...sidecarRepositoryArns.map((repository) =>
      execution("pull a sidecar's image", PULL, repository, named(repository, account.id)),
    ),
    execution("write the tasks' logs", ["logs:CreateLogStream", "logs:PutLogEvents"], examples.taskLogStream),
    ...secretArns.map((secret) =>
      execution("read a secret", ["secretsmanager:GetSecretValue"], secret, named(secret, account.id)),
    ),
    ...parameterArns.map((parameter) =>
      execution("read a parameter", ["ssm:GetParameters"], parameter, named(parameter, account.id)),
    ),
  ];
}

function applicationCalls(parties: Parties): RequiredCall[] {
  const { account, arns, settings } = parties;
  const application = callsBy(arns.roles.task, account.id);
  const shell = application(
    "open a shell in the container",
    ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
      (action) => `ssmmessages:${action}`,
    ),
    "*",
  );
  const traces = application("send traces", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*");
  return [
    asTask(parties, "run the application", arns.roles.task),
    ...(settings.task.exec ? [shell] : []),
    ...(settings.task.xray ? [traces] : []),
  ];
}
