import { condition, type Statement } from "../iam/policy-document";

/** Allows passing a service's two roles to ECS tasks, and to no other service. */
export function passTaskRoles(taskRoleArns: readonly string[]): Statement {
  return {
    sid: "PassTaskRoles",
    actions: ["iam:PassRole"],
    resources: [...taskRoleArns],
    condition: [condition("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com")],
  };
}
