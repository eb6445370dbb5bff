import type { Change } from "../plan/change";
import type { Finding, Rule } from "./rule";

/** Numbers of tasks, by type. */
const NUMBERS: Readonly<Record<string, readonly string[] | undefined>> = {
  aws_ecs_service: ["desired_count"],
  aws_appautoscaling_target: ["min_capacity", "max_capacity"],
  aws_autoscaling_group: ["desired_capacity", "max_size", "min_size"],
};

/** How deployments and scaling go about it. */
const MANNERS: Readonly<Record<string, readonly string[] | undefined>> = {
  aws_ecs_service: [
    "deployment_maximum_percent",
    "deployment_minimum_healthy_percent",
    "health_check_grace_period_seconds",
  ],
  aws_appautoscaling_policy: [
    "step_scaling_policy_configuration",
    "target_tracking_scaling_policy_configuration",
  ],
};

export const capacity: Rule = {
  name: "capacity",
  finds: "fewer tasks, other limits of scaling, or none",
  fact: "ECS stops tasks until the new number is reached. With 0 tasks the load balancer answers 503.",
  see: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
  judge(change) {
    if (change.kind !== "update") return undefined;
    const numbers = (NUMBERS[change.type] ?? []).flatMap((key) => judgeNumber(change, key) ?? []);
    const judged = change.changed.filter((key) => MANNERS[change.type]?.includes(key));
    const manners: Finding = {
      verdict: "look",
      why: `${judged.join(" and ")}: other conditions for tasks to start or stop`,
      judged,
    };
    return [...numbers, ...(judged.length > 0 ? [manners] : [])];
  },
};

function judgeNumber(change: Change, key: string): Finding | undefined {
  if (!change.changed.includes(key)) return undefined;
  const judged = [key];
  if (change.isUnknown(key)) return { verdict: "look", why: `the new ${key} is known only at apply`, judged };
  const [before, after] = [Number(change.before[key] ?? 0), Number(change.after[key] ?? 0)];
  const details = [`${key}: ${before} to ${after}`];
  if (after === 0 && before > 0 && !key.startsWith("min"))
    return { verdict: "dangerous", why: "no task is left", details, judged };
  return after < before
    ? { verdict: "look", why: "fewer tasks carry the load", details, judged }
    : { verdict: "safe", why: "more tasks, or room for more", details, judged };
}
