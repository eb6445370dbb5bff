import { named } from "../chain/context";
import { toTasks } from "../chain/release";
import type { Denial } from "../request";
import { ofOthers, onEach, type Scene } from "./rows";

/** What the roles of an environment's account must not do in that account. */
export const environmentRoleDenials = (scene: Scene): Denial[] => [
  ...push(scene),
  ...deploy(scene),
  ...codeDeploy(scene),
  ...[scene.own.roles.deploy, scene.own.roles.codeDeploy].flatMap((role) => passing(scene, role)),
  ...execution(scene),
  ...task(scene),
];

function push(scene: Scene): Denial[] {
  const { account, images, roles } = scene.own;
  const role = { principal: roles.push };
  return [
    ...onEach(
      ofOthers(scene, "account", (other) => [other.images]),
      {
        ...role,
        reason: "one service would replace another's image",
        actions: ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:BatchGetImage"],
      },
    ),
    {
      ...role,
      reason: "a build would delete images, or open the repository",
      actions: [
        "ecr:BatchDeleteImage",
        "ecr:DeleteRepository",
        "ecr:SetRepositoryPolicy",
        "ecr:PutImageTagMutability",
        "ecr:PutLifecyclePolicy",
      ],
      resource: images,
      owner: account,
    },
  ].map(sameAccount(account));
}

function deploy(scene: Scene): Denial[] {
  const {
    account,
    application,
    deploymentConfig,
    deploymentGroup,
    ecsService,
    images,
    roles,
    taskDefinition,
  } = scene.own;
  const role = { principal: roles.deploy, owner: account };
  const others = (pick: Parameters<typeof ofOthers>[2]) => ofOthers(scene, "account", pick);
  const released = "one service would release another";
  return [
    ...onEach(
      others((other) => [other.application]),
      {
        ...role,
        reason: released,
        actions: ["codedeploy:GetApplication", "codedeploy:RegisterApplicationRevision"],
      },
    ),
    ...onEach(
      others((other) => [other.deploymentGroup]),
      {
        ...role,
        reason: released,
        actions: ["codedeploy:CreateDeployment", "codedeploy:GetDeployment"],
      },
    ),
    {
      ...role,
      reason: "a release would read how others' traffic moves",
      actions: ["codedeploy:GetDeploymentConfig"],
      resource: `${deploymentConfig}Stranger`,
    },
    {
      ...role,
      reason: "a release would change how it is released",
      actions: ["codedeploy:DeleteApplication", "codedeploy:UpdateApplication"],
      resource: application,
    },
    {
      ...role,
      reason: "a release would change how it is released",
      actions: ["codedeploy:UpdateDeploymentGroup", "codedeploy:DeleteDeploymentGroup"],
      resource: deploymentGroup,
    },
    {
      ...role,
      reason: "a release would change how it is released",
      actions: ["codedeploy:CreateDeploymentConfig", "codedeploy:DeleteDeploymentConfig"],
      resource: deploymentConfig,
    },
    {
      ...role,
      reason: "a release would start tasks, or change the service, without CodeDeploy",
      actions: ["ecs:RunTask"],
      resource: taskDefinition,
    },
    {
      ...role,
      reason: "a release would start tasks, or change the service, without CodeDeploy",
      actions: ["ecs:UpdateService", "ecs:DeleteService"],
      resource: ecsService,
    },
    ...onEach(
      others((other) => [other.taskDefinition]),
      {
        ...role,
        reason: "one service would tag another's task definition",
        actions: ["ecs:TagResource"],
        context: { "ecs:CreateAction": "RegisterTaskDefinition" },
      },
    ),
    {
      ...role,
      reason: "a release would change the tags of a task definition that runs",
      actions: ["ecs:TagResource"],
      resource: taskDefinition,
    },
    {
      ...role,
      reason: "a release would delete task definitions",
      actions: ["ecs:DeleteTaskDefinitions", "ecs:UntagResource"],
      resource: taskDefinition,
    },
    {
      ...role,
      reason: "a release would replace the image that it releases",
      actions: ["ecr:PutImage"],
      resource: images,
    },
  ].map(sameAccount(account));
}

function codeDeploy(scene: Scene): Denial[] {
  const { account, ecsService, hooks, listener, listenerRule, region, roles, taskSet } = scene.own;
  const role = { principal: roles.codeDeploy, owner: account };
  const others = (pick: Parameters<typeof ofOthers>[2]) => ofOthers(scene, "account", pick);
  const alarms = (at: string) => `arn:aws:cloudwatch:${at}:${account}:alarm:`;
  const switched = "one service's deployment would switch another's";
  return [
    ...onEach(
      others((other) => [other.ecsService]),
      {
        ...role,
        reason: switched,
        actions: ["ecs:UpdateServicePrimaryTaskSet", "ecs:DescribeServices"],
      },
    ),
    ...onEach(
      others((other) => [other.taskSet]),
      { ...role, reason: switched, actions: ["ecs:CreateTaskSet", "ecs:DeleteTaskSet"] },
    ),
    ...onEach(
      others((other) => [other.listener]),
      { ...role, reason: switched, actions: ["elasticloadbalancing:ModifyListener"] },
    ),
    ...onEach(
      others((other) => [other.listenerRule]),
      { ...role, reason: switched, actions: ["elasticloadbalancing:ModifyRule"] },
    ),
    {
      ...role,
      reason: "a deployment would end the service",
      actions: ["ecs:DeleteService", "ecs:UpdateService"],
      resource: ecsService,
    },
    {
      ...role,
      reason: "a deployment would tag, or change, task sets",
      actions: ["ecs:UpdateTaskSet"],
      resource: taskSet,
    },
    {
      ...role,
      reason: "a deployment would end the way in",
      actions: ["elasticloadbalancing:DeleteListener"],
      resource: listener,
    },
    {
      ...role,
      reason: "a deployment would end the way in",
      actions: ["elasticloadbalancing:DeleteRule"],
      resource: listenerRule,
    },
    {
      ...role,
      reason: "a deployment would silence the alarms that roll it back",
      actions: ["cloudwatch:DeleteAlarms", "cloudwatch:DisableAlarmActions"],
      resource: `${alarms(region)}any`,
    },
    {
      ...role,
      reason: "a deployment would watch another region",
      actions: ["cloudwatch:DescribeAlarms"],
      resource: `${alarms("xx-nowhere-1")}*`,
    },
    ...onEach(
      others((other) => other.hooks),
      { ...role, reason: "a deployment would run another's function", actions: ["lambda:InvokeFunction"] },
    ),
    ...hooks.map((resource) => ({
      ...role,
      reason: "a deployment would change the function that tests it",
      actions: ["lambda:UpdateFunctionCode"],
      ...named(resource, account),
    })),
  ].map(sameAccount(account));
}

/** Whoever may pass a role gets what the role may do: only tasks get roles, and only their own. */
function passing(scene: Scene, principal: string): Denial[] {
  const { account, roles } = scene.own;
  const pass = { principal, actions: ["iam:PassRole"] };
  const own = [roles.push, roles.deploy, roles.codeDeploy];
  const ofOtherTasks = ofOthers(scene, "account", (other) => [other.roles.execution, other.roles.task]);
  const targets = [...own.map((resource) => ({ resource, owner: account })), ...ofOtherTasks];
  const wrongServices = ["ecs.amazonaws.com", "lambda.amazonaws.com", "ec2.amazonaws.com"];
  return [
    ...onEach(targets, { ...pass, reason: "tasks would get the rights of another role", context: toTasks }),
    ...[roles.execution, roles.task].flatMap((resource) => [
      ...wrongServices.map((service) => ({
        ...pass,
        reason: "something other than a task would get the role",
        resource,
        owner: account,
        context: { "iam:PassedToService": service },
      })),
      {
        ...pass,
        reason: "a release would change what the role may do",
        actions: ["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole"],
        resource,
        owner: account,
      },
    ]),
  ].map(sameAccount(account));
}

function execution(scene: Scene): Denial[] {
  const { account, images, parameters, roles, secrets, serviceLogs } = scene.own;
  const role = { principal: roles.execution, owner: account };
  const others = (pick: Parameters<typeof ofOthers>[2]) => ofOthers(scene, "account", pick);
  const log = (group: string) => `${group}:log-stream:app/0123abcd`;
  return [
    ...onEach(
      others((other) => [other.images]),
      {
        ...role,
        reason: "one service would run another's image",
        actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      },
    ),
    {
      ...role,
      reason: "a task would replace its image",
      actions: ["ecr:PutImage", "ecr:BatchDeleteImage"],
      resource: images,
    },
    ...onEach(
      others((other) => [log(other.serviceLogs)]),
      {
        ...role,
        reason: "one service would write another's log",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      },
    ),
    {
      ...role,
      reason: "a task would delete its log",
      actions: ["logs:DeleteLogStream"],
      resource: log(serviceLogs),
    },
    ...onEach(
      others((other) => other.secrets),
      {
        ...role,
        reason: "one service would read another's secrets",
        actions: ["secretsmanager:GetSecretValue"],
      },
    ),
    ...onEach(
      others((other) => other.parameters),
      {
        ...role,
        reason: "one service would read another's parameters",
        actions: ["ssm:GetParameters"],
      },
    ),
    ...[
      ...secrets.map((resource) => ({
        resource,
        actions: ["secretsmanager:PutSecretValue", "secretsmanager:DeleteSecret"],
      })),
      ...parameters.map((resource) => ({ resource, actions: ["ssm:PutParameter", "ssm:DeleteParameter"] })),
    ].map((row) => ({
      ...role,
      ...row,
      reason: "a task would change its secrets",
      ...named(row.resource, account),
    })),
  ].map(sameAccount(account));
}

/** The application's own role, which nothing of a delivery is for. */
function task({ own }: Scene): Denial[] {
  const { account, deploymentGroup, images, parameters, roles, secrets } = own;
  const role = { principal: roles.task, owner: account };
  return [
    {
      ...role,
      reason: "an application would release itself",
      actions: ["codedeploy:CreateDeployment"],
      resource: deploymentGroup,
    },
    {
      ...role,
      reason: "an application would read, or replace, its image",
      actions: ["ecr:PutImage", "ecr:BatchGetImage"],
      resource: images,
    },
    ...secrets.map((resource) => ({
      ...role,
      reason: "an application would read secrets that ECS hands it",
      actions: ["secretsmanager:GetSecretValue"],
      ...named(resource, account),
    })),
    ...parameters.map((resource) => ({
      ...role,
      reason: "an application would read parameters that ECS hands it",
      actions: ["ssm:GetParameters"],
      ...named(resource, account),
    })),
    {
      ...role,
      reason: "an application would read others' traces",
      actions: ["xray:BatchGetTraces", "xray:PutEncryptionConfig"],
      resource: "*",
    },
    {
      ...role,
      reason: "an application would run commands in other containers",
      actions: ["ecs:ExecuteCommand"],
      resource: own.task,
    },
  ].map(sameAccount(account));
}

/** Something of another account: its owner's policy must not be what keeps the role out. */
const sameAccount =
  (account: string) =>
  (row: Denial): Denial =>
    row.owner === account || row.granted !== undefined ? row : { ...row, granted: "resource" };
