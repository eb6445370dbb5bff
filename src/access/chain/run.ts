import type { Parties } from "../parties";
import type { Hop } from "../request";
import { named, onBehalfOf } from "./context";
import { passHops } from "./release";

/** From a deployment that runs to tasks that serve. */
export function runHops(parties: Parties): Hop[] {
  return [...switchHops(parties), ...taskHops(parties)];
}

/** @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html */
function switchHops(parties: Parties): Hop[] {
  const { account, deploymentGroup, ecsService, hooks, listener, listenerRule, region, roles, taskSet } =
    parties;
  const codeDeploy = { principal: roles.codeDeploy, owner: account };
  return [
    {
      purpose: "run the deployment",
      principal: "codedeploy.amazonaws.com",
      actions: ["sts:AssumeRole"],
      resource: roles.codeDeploy,
      owner: account,
      context: onBehalfOf(account, deploymentGroup),
    },
    {
      ...codeDeploy,
      purpose: "make green the service's tasks",
      actions: ["ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet"],
      resource: ecsService,
    },
    {
      ...codeDeploy,
      purpose: "start green, end blue",
      actions: ["ecs:CreateTaskSet", "ecs:DeleteTaskSet"],
      resource: taskSet,
    },
    {
      ...codeDeploy,
      purpose: "find the traffic",
      actions: ["DescribeTargetGroups", "DescribeListeners", "DescribeRules"].map(
        (action) => `elasticloadbalancing:${action}`,
      ),
      resource: "*",
    },
    {
      ...codeDeploy,
      purpose: "move the traffic of a listener",
      actions: ["elasticloadbalancing:ModifyListener"],
      resource: listener,
    },
    {
      ...codeDeploy,
      purpose: "move the traffic of a rule",
      actions: ["elasticloadbalancing:ModifyRule"],
      resource: listenerRule,
    },
    {
      ...codeDeploy,
      purpose: "watch the alarms",
      actions: ["cloudwatch:DescribeAlarms"],
      resource: `arn:aws:cloudwatch:${region}:${account}:alarm:*`,
    },
    ...hooks.map((hook) => ({
      ...codeDeploy,
      purpose: "test the release",
      actions: ["lambda:InvokeFunction"],
      ...named(hook, account),
    })),
    ...passHops(roles.codeDeploy, roles, account),
  ];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
function taskHops(parties: Parties): Hop[] {
  const { account, images, parameters, roles, secrets, serviceLogs, task } = parties;
  const execution = { principal: roles.execution, owner: account };
  const assumed = (purpose: string, role: string): Hop => ({
    purpose,
    principal: "ecs-tasks.amazonaws.com",
    actions: ["sts:AssumeRole"],
    resource: role,
    owner: account,
    context: onBehalfOf(account, task),
  });
  return [
    assumed("start tasks", roles.execution),
    {
      ...execution,
      purpose: "log in to the registry",
      actions: ["ecr:GetAuthorizationToken"],
      resource: "*",
    },
    {
      ...execution,
      purpose: "pull the image",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
      resource: images,
    },
    {
      ...execution,
      purpose: "write the tasks' logs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resource: `${serviceLogs}:log-stream:app/0123abcd`,
    },
    ...secrets.map((secret) => ({
      ...execution,
      purpose: "read a secret",
      actions: ["secretsmanager:GetSecretValue"],
      ...named(secret, account),
    })),
    ...parameters.map((parameter) => ({
      ...execution,
      purpose: "read a parameter",
      actions: ["ssm:GetParameters"],
      ...named(parameter, account),
    })),
    assumed("be the application", roles.task),
    ...applicationHops(parties),
  ];
}

function applicationHops({ account, exec, roles, xray }: Parties): Hop[] {
  const application = { principal: roles.task, owner: account, resource: "*" };
  const shell: Hop = {
    ...application,
    purpose: "open a shell in the container",
    actions: ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
      (action) => `ssmmessages:${action}`,
    ),
  };
  const traces: Hop = {
    ...application,
    purpose: "send traces",
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  };
  return [...(exec ? [shell] : []), ...(xray ? [traces] : [])];
}
