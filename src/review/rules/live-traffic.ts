import type { Change } from "../plan/change";
import { at, blocksOf, isSame, textsOf } from "../plan/values";
import type { Finding, Rule } from "./rule";

const ACTIONS: Readonly<Record<string, string>> = {
  aws_lb_listener: "default_action",
  aws_alb_listener: "default_action",
  aws_lb_listener_rule: "action",
  aws_alb_listener_rule: "action",
};

export const liveTraffic: Rule = {
  name: "live-traffic",
  finds:
    "requests go to other targets, or CodeDeploy's choice of target group or task definition is set back",
  fact: "After a release the live target group is CodeDeploy's choice. Setting it back sends requests to tasks of an older version, or to none.",
  see: "https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-ecs.html",
  judge(change) {
    if (change.kind !== "update") return undefined;
    return change.type === "aws_ecs_service" ? judgeService(change) : judgeListener(change);
  },
};

function judgeService({ before, changed }: Change): Finding | undefined {
  const judged = changed.filter((key) => key === "load_balancer" || key === "task_definition");
  if (judged.length === 0) return undefined;
  if (at(before, "deployment_controller.0.type") === "CODE_DEPLOY")
    return { verdict: "dangerous", why: `sets back ${judged.join(" and ")}, which CodeDeploy owns`, judged };
  return judged.includes("load_balancer")
    ? { verdict: "dangerous", why: "the service moves to other target groups", judged }
    : { verdict: "look", why: "ECS replaces the running tasks with the new task definition", judged };
}

function judgeListener(change: Change): Finding | undefined {
  const { after, before, changed, type } = change;
  const attribute = ACTIONS[type];
  if (attribute === undefined || !changed.includes(attribute)) return undefined;
  const judged = [attribute];
  const forwards = [...blocksOf(before[attribute]), ...blocksOf(after[attribute])].some(isForward);
  if (
    forwards &&
    isSame(meaningOf(before[attribute]), meaningOf(after[attribute])) &&
    !change.isUnknown(attribute)
  )
    return { verdict: "look", why: "the same target group, written in another way", judged };
  if (forwards) return { verdict: "dangerous", why: "live requests go to other targets than now", judged };
  return { verdict: "look", why: "requests get another answer", judged };
}

const isForward = ({ type }: { readonly type?: unknown }) =>
  !["redirect", "fixed-response"].includes(String(type));

/** The ARNs of the target groups that get requests. */
export const forwardedTo = (actions: unknown): readonly string[] =>
  blocksOf(actions).flatMap((action) => [
    ...textsOf(action.target_group_arn),
    ...blocksOf(action.forward).flatMap(({ target_group: groups }) =>
      blocksOf(groups).flatMap(({ arn, weight }) => (weight === 0 ? [] : textsOf(arn))),
    ),
  ]);

/** Actions in their order, with the one target group to which they forward; several have weights. */
function meaningOf(actions: unknown): unknown {
  const groups = forwardedTo(actions).filter((arn) => arn !== "");
  const only = blocksOf(actions).map((action) => (action.type === "forward" ? "forward" : action));
  return groups.length === 1 ? [only, groups] : actions;
}
