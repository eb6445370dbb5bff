import { named } from "../chain/context";
import type { Denial } from "../request";
import { ofOthers, onEach, type Scene, byPrincipal } from "./rows";

/** What ECS must not do to start a task. */
export function executionRoleDenials(scene: Scene): Denial[] {
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
  ].map(byPrincipal);
}

/** The application's own role, which nothing of a delivery is for. */
export function taskRoleDenials({ own }: Scene): Denial[] {
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
  ].map(byPrincipal);
}
