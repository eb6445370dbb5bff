import { regionalArn } from "../../system/arns";
import type { Parties } from "../parties";
import type { RequiredCall } from "../request";
import { assumeFor, callsBy, named, via } from "./call";
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
  const codeDeploy = callsBy(arns.roles.codeDeploy);
  return [
    assumeFor("run the deployment", "codedeploy", arns.roles.codeDeploy, arns.deploymentGroup),
    codeDeploy(
      "make the green task set primary",
      "ecs:DescribeServices UpdateServicePrimaryTaskSet",
      arns.ecsService,
    ),
    codeDeploy("start green, stop blue", "ecs:CreateTaskSet DeleteTaskSet", examples.taskSet),
    codeDeploy(
      "find listeners and target groups",
      "elasticloadbalancing:DescribeTargetGroups DescribeListeners DescribeRules",
      "*",
    ),
    codeDeploy("shift a listener's traffic", "elasticloadbalancing:ModifyListener", examples.listener),
    codeDeploy("shift a rule's traffic", "elasticloadbalancing:ModifyRule", examples.listenerRule),
    codeDeploy(
      "watch the alarms",
      "cloudwatch:DescribeAlarms",
      regionalArn({ accountId: account.id, region }, "cloudwatch", "alarm:*"),
    ),
    ...hookArns.map((hook) =>
      codeDeploy("test the release", "lambda:InvokeFunction", hook, named(hook, account.id)),
    ),
    ...passCalls(parties, codeDeploy),
  ];
}

const PULL = "ecr:BatchCheckLayerAvailability GetDownloadUrlForLayer BatchGetImage";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
function taskStartCalls(parties: Parties): RequiredCall[] {
  const { account, arns, examples, parameterArns, secretArns, settings, sidecarRepositoryArns } = parties;
  const execution = callsBy(arns.roles.execution);
  return [
    assumeFor("start tasks", "ecs-tasks", arns.roles.execution, examples.task),
    execution("log in to the registry", "ecr:GetAuthorizationToken", "*"),
    execution("pull the image", PULL, arns.containerRepository),
    ...sidecarRepositoryArns.map((repository) =>
      execution("pull a sidecar's image", PULL, repository, named(repository, account.id)),
    ),
    execution("write the tasks' logs", "logs:CreateLogStream PutLogEvents", examples.taskLogStream),
    ...secretArns.map((secret) =>
      execution("read a secret", "secretsmanager:GetSecretValue", secret, named(secret, account.id)),
    ),
    ...parameterArns.map((parameter) =>
      execution("read a parameter", "ssm:GetParameters", parameter, named(parameter, account.id)),
    ),
    ...settings.task.secretKeyArns.flatMap((key) =>
      [...secretArns, ...parameterArns].map((secret) => {
        const [, , service = "", region = ""] = secret.split(":");
        const more = { ...named(key, account.id), context: via(service, region) };
        return execution("decrypt a secret", "kms:Decrypt", key, more);
      }),
    ),
  ];
}

function applicationCalls({ arns, examples, settings }: Parties): RequiredCall[] {
  const application = callsBy(arns.roles.task);
  const channels = "ssmmessages:CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel";
  const traces = "xray:PutTraceSegments PutTelemetryRecords";
  return [
    assumeFor("run the application", "ecs-tasks", arns.roles.task, examples.task),
    ...(settings.task.exec ? [application("open a shell in the container", channels, "*")] : []),
    ...(settings.task.xray ? [application("send traces", traces, "*")] : []),
  ];
}
