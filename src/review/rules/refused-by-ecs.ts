import { at } from "../plan/values";
import type { Rule } from "./rule";

/** What UpdateService accepts for a service that CodeDeploy releases. */
const ACCEPTED = [
  "desired_count",
  "deployment_maximum_percent",
  "deployment_minimum_healthy_percent",
  "enable_ecs_managed_tags",
  "health_check_grace_period_seconds",
  "ordered_placement_strategy",
  "placement_constraints",
  "propagate_tags",
  "tags",
  "tags_all",
];

/** They concern Terraform alone. */
const OF_TERRAFORM = ["force_delete", "timeouts", "wait_for_steady_state"];

/** `live-traffic` says more about these. */
const TRAFFIC = ["load_balancer", "task_definition"];

export const refusedByEcs: Rule = {
  name: "refused-by-ecs",
  finds: "a change that ECS refuses for a service with the CODE_DEPLOY controller",
  fact: "UpdateService accepts only desired count, deployment configuration, grace period, placement, managed tags and tag propagation. One other key makes the whole update fail; use a release to change it.",
  see: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html",
  judge({ before, changed, kind, type }) {
    if (type !== "aws_ecs_service" || kind !== "update") return undefined;
    if (at(before, "deployment_controller.0.type") !== "CODE_DEPLOY") return undefined;
    const refused = changed.filter((key) => ![...ACCEPTED, ...OF_TERRAFORM, ...TRAFFIC].includes(key));
    const judged = changed.filter((key) => refused.includes(key) || OF_TERRAFORM.includes(key));
    return refused.length === 0
      ? { verdict: "safe", why: "ECS accepts the update", judged }
      : { verdict: "dangerous", why: `ECS refuses to update ${refused.join(", ")}: the apply fails`, judged };
  },
};
