import type { Denial } from "../request";
import { ofOthers, onEach, type Scene, byPrincipal } from "./rows";

/** What the deploy role must not do in its own account. */
export function deployRoleDenials(scene: Scene): Denial[] {
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
  ].map(byPrincipal);
}
