import type { Rule } from "./rule";

export const healthChecks: Rule = {
  name: "health-checks",
  finds: "the health check of a target group changes",
  fact: "It counts at once for both groups, so also for the running version. Tasks that do not answer it get no requests, and ECS replaces them.",
  see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  judge({ changed, kind, type }) {
    if (!/^aws_a?lb_target_group$/.test(type) || kind !== "update") return undefined;
    const judged = changed.filter((key) => key === "health_check");
    if (judged.length === 0) return undefined;
    return { verdict: "look", why: "the running version must answer the new health check too", judged };
  },
};
