import { named } from "../chain/context";
import type { Denial } from "../request";
import { ofOthers, onEach, type Scene, byPrincipal } from "./rows";

/** What a deployment must not do to other services, and to its own. */
export function codeDeployRoleDenials(scene: Scene): Denial[] {
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
  ].map(byPrincipal);
}
