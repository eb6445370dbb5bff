import { toTasks } from "../chain/release";
import type { Denial } from "../request";
import { ofOthers, onEach, type Scene, byPrincipal } from "./rows";

/** Whoever may pass a role gets what the role may do: only tasks get roles, and only their own. */
export function passingDenials(scene: Scene, principal: string): Denial[] {
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
  ].map(byPrincipal);
}
