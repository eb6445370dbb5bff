import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import type { Rule } from "./rule";

/** What decides when an alarm is raised. */
const TRIGGER = [
  "comparison_operator",
  "datapoints_to_alarm",
  "dimensions",
  "evaluation_periods",
  "extended_statistic",
  "metric_name",
  "metric_query",
  "namespace",
  "period",
  "statistic",
  "threshold",
  "treat_missing_data",
];

export const alarmsWeakened: Rule = {
  name: "alarms-weakened",
  finds: "an alarm is removed, silenced or goes off later",
  fact: "An alarm in a deployment group rolls releases back; one with actions tells people. CodeDeploy stops a deployment whose alarm does not exist.",
  see: "https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-create-alarms.html",
  judge(change, plan) {
    if (!/^aws_cloudwatch_(metric|composite)_alarm$/.test(change.type)) return undefined;
    if (change.kind === "delete")
      return isWatched(change, plan)
        ? { verdict: "dangerous", why: "removed, but a deployment group still watches it" }
        : { verdict: "look", why: "removed: nothing is raised any more" };
    if (change.kind === "replace")
      return { verdict: "look", why: "replaced: nothing is raised until the successor has data" };
    if (change.kind !== "update") return undefined;
    const { after, before, changed } = change;
    const silenced = before.actions_enabled !== false && after.actions_enabled === false;
    const judged = changed.filter((key) =>
      [...TRIGGER, "actions_enabled", "alarm_actions", "ok_actions"].includes(key),
    );
    if (silenced) return { verdict: "dangerous", why: "its actions are switched off", judged };
    if (judged.length === 0) return undefined;
    return { verdict: "look", why: "it is raised by other values, or tells others", details: judged, judged };
  },
};

/** Whether a deployment group of the plan has the alarm after the plan too. */
function isWatched({ before }: Change, plan: Plan): boolean {
  const name = before.alarm_name;
  return plan
    .usersOf(name)
    .some(
      ({ after, kind, type }) =>
        type === "aws_codedeploy_deployment_group" &&
        kind !== "delete" &&
        JSON.stringify(after.alarm_configuration ?? null).includes(JSON.stringify(name)),
    );
}
