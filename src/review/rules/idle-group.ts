import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { blocksOf, textsOf } from "../plan/values";
import { forwardedTo } from "./live-traffic";
import type { Rule } from "./rule";

export const idleGroup: Rule = {
  name: "idle-group",
  finds: "a new listener rule forwards to an existing target group that gets no requests now",
  fact: "After a release one group of blue and green has the tasks, and the other is empty: the load balancer answers 503 for it. Terraform points each new rule at blue, and each new rule of the test listener at green.",
  see: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html",
  judge(change, plan) {
    if (!isRule(change) || change.kind !== "create") return undefined;
    const idle = forwardedTo(change.after.action).flatMap((arn) => groupIfIdle(arn, plan) ?? []);
    if (idle.length === 0) return undefined;
    const details = idle.map(({ before }) => `idle: ${String(before.name)}`);
    if (plan.correctsRoutes)
      return { verdict: "look", why: "codeseries apply points it at the live group", details };
    if (plan.once(testListeners).has(String(change.after.listener_arn)))
      return {
        verdict: "look",
        why: "of the test listener: tests get 503 until the next release; apply it while no release runs",
        details,
      };
    return { verdict: "dangerous", why: "requests that it matches get 503 until the next release", details };
  },
};

const isRule = ({ type }: Change) => /^aws_a?lb_listener_rule$/.test(type);
const isListener = ({ type }: Change) => /^aws_a?lb_listener$/.test(type);

/**
 * The ARNs of listeners that CodeDeploy uses for tests. After a rollback they forward to an empty group, until the
 * next release. A plan during a canary looks the same, because the provider reads no weights of a rule whose
 * configuration names one group.
 */
const testListeners = (plan: Plan): ReadonlySet<string> =>
  new Set(
    plan
      .ofType("aws_codedeploy_deployment_group")
      .flatMap(({ before }) => blocksOf(before.load_balancer_info))
      .flatMap(({ target_group_pair_info: pairs }) => blocksOf(pairs))
      .flatMap(({ test_traffic_route: routes }) => blocksOf(routes))
      .flatMap(({ listener_arns: arns }) => textsOf(arns)),
  );

/** The target group, if it exists already and nothing uses it. */
function groupIfIdle(arn: string, plan: Plan): Change | undefined {
  const group = plan
    .ofType("aws_lb_target_group", "aws_alb_target_group")
    .find(({ before }) => before.arn === arn);
  const isUsed = plan.usersOf(arn).some((user) => {
    if (user === group) return false;
    if (isRule(user)) return forwardedTo(user.before.action).includes(arn);
    return isListener(user) ? forwardedTo(user.before.default_action).includes(arn) : true;
  });
  return isUsed ? undefined : group;
}
