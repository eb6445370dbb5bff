import { expressionsOf } from "../plan/expressions";
import { at } from "../plan/values";
import type { Rule } from "./rule";

/** Types of which our stacks ignore another name, and the attribute that has it. Their tags follow the name. */
const NAMES: Readonly<Record<string, string | undefined>> = {
  aws_lb_target_group: "name",
  aws_alb_target_group: "name",
  aws_cloudwatch_metric_alarm: "alarm_name",
};

export const nameIgnored: Rule = {
  name: "name-ignored",
  finds: "the configuration has a new name for a target group or an alarm, and Terraform ignores it",
  fact: "Another name replaces a target group, which cannot be deleted while a listener rule forwards to it. So ignore_changes keeps its name and those of its alarms, and only tags change.",
  see: "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes",
  judge({ address, after, kind, type }, plan) {
    const attribute = NAMES[type];
    if (attribute === undefined || kind !== "update") return undefined;
    const expression = plan.once(expressionsOf).get(`${address} ${attribute}`);
    const configured = at(expression, "constant_value");
    if (typeof configured !== "string" || configured === after[attribute]) return undefined;
    const details = [`${attribute}: ${String(after[attribute])}, in the configuration ${configured}`];
    return { verdict: "look", why: "the new name is ignored", details, judged: [attribute] };
  },
};
