import { condition, type Statement } from "../iam/policy-document";

/** Hands a service's two roles to its tasks, and to nothing else. */
export function passTaskRoles(taskRoleArns: readonly string[]): Statement {
  return {
    sid: "PassTaskRoles",
    actions: ["iam:PassRole"],
    resources: [...taskRoleArns],
    condition: [condition("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com")],
  };
}
