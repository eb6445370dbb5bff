import { condition, type Statement } from "./policy-document";

/** Allows registering task definitions of some families, whose tasks get certain roles and no others. */
export const registerTasks = (
  taskDefinitionArns: readonly string[],
  taskRoleArns: readonly string[],
): Statement[] => [
  // RegisterTaskDefinition does not support resource-level permissions.
  { sid: "RegisterTaskDefinition", actions: ["ecs:RegisterTaskDefinition"], resources: ["*"] },
  {
    sid: "TagTaskDefinition",
    actions: ["ecs:TagResource"],
    resources: taskDefinitionArns.map((arn) => `${arn}:*`),
    condition: [condition("StringEquals", "ecs:CreateAction", "RegisterTaskDefinition")],
  },
  passTaskRoles(taskRoleArns),
];

/** Allows passing the roles of tasks to ECS tasks, and to no other service. */
export function passTaskRoles(taskRoleArns: readonly string[]): Statement {
  return {
    sid: "PassTaskRoles",
    actions: ["iam:PassRole"],
    resources: [...taskRoleArns],
    condition: [condition("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com")],
  };
}
