import { alarmsOf, type Parties } from "../parties";
import type { RequiredCall } from "../request";
import { assumeFor, callsBy, named, READ_SECRET, via } from "./call";
import { passCalls } from "./release";

/** From a running deployment to tasks that serve requests. */
export const runCalls = (parties: Parties): RequiredCall[] => [
  ...deploymentCalls(parties),
  ...taskStartCalls(parties),
  ...applicationCalls(parties),
];

const MAKE_PRIMARY = "ecs:DescribeServices UpdateServicePrimaryTaskSet";
const FIND_ROUTES = "elasticloadbalancing:DescribeTargetGroups DescribeListeners DescribeRules";

/** @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html */
function deploymentCalls(parties: Parties): RequiredCall[] {
  const { arns, examples, hookArns } = parties;
  const codeDeploy = callsBy(arns.roles.codeDeploy);
  return [
    assumeFor("run the deployment", "codedeploy", arns.roles.codeDeploy, arns.deploymentGroup),
    codeDeploy("make the green task set primary", MAKE_PRIMARY, arns.ecsService),
    codeDeploy("start green, stop blue", "ecs:CreateTaskSet DeleteTaskSet", examples.taskSet),
    codeDeploy("find listeners and target groups", FIND_ROUTES, "*"),
    codeDeploy("shift a listener's traffic", "elasticloadbalancing:ModifyListener", examples.listener),
    codeDeploy("shift a rule's traffic", "elasticloadbalancing:ModifyRule", examples.listenerRule),
    codeDeploy("watch the alarms", "cloudwatch:DescribeAlarms", alarmsOf(parties)),
    ...hookArns.map((hook) => named(codeDeploy("test the release", "lambda:InvokeFunction", hook))),
    ...passCalls(parties, codeDeploy),
  ];
}

const PULL = "ecr:BatchCheckLayerAvailability GetDownloadUrlForLayer BatchGetImage";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
function taskStartCalls(parties: Parties): RequiredCall[] {
  const { arns, examples, parameterArns, secretArns, settings, sidecarRepositoryArns } = parties;
  const execution = callsBy(arns.roles.execution);
  return [
    assumeFor("start tasks", "ecs-tasks", arns.roles.execution, examples.task),
    execution("log in to the registry", "ecr:GetAuthorizationToken", "*"),
    execution("pull the image", PULL, arns.containerRepository),
    ...sidecarRepositoryArns.map((one) => named(execution("pull a sidecar's image", PULL, one))),
    execution("write the tasks' logs", "logs:CreateLogStream PutLogEvents", examples.taskLogStream),
    ...secretArns.map((one) => named(execution("read a secret", READ_SECRET, one))),
    ...parameterArns.map((one) => named(execution("read a parameter", "ssm:GetParameters", one))),
    ...settings.task.secretKeyArns.flatMap((key) =>
      [...secretArns, ...parameterArns].map((secret) => {
        const [, , service = "", region = ""] = secret.split(":");
        return named(execution("decrypt a secret", "kms:Decrypt", key, via(service, region)));
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
