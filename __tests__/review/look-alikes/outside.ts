import { change, planOf, update, type PlanJson } from "../../support/plans";
import type { LabelledPlan } from "./labelled-plan";

type Values = Record<string, unknown>;
const group = (name: string) => [
  { type: "forward", target_group_arn: `arn:aws:elasticloadbalancing:::${name}` },
];
const drift = (type: string, before: Values, after: Values): PlanJson => {
  return { ...planOf(), resource_drift: [update(type, before, after)] };
};
const another = (id: number) =>
  change("aws_sqs_queue", "delete", { id: `q${id}` }, null, {}, `aws_sqs_queue.q${id}`);

/** What happened outside of Terraform, and what no rule knows: each dangerous one with what looks like it and is not. */
export const OUTSIDE: readonly LabelledPlan[] = [
  [
    "safe",
    "a plan after a release",
    drift("aws_lb_listener_rule", { action: group("blue") }, { action: group("green") }),
  ],
  [
    "look",
    "a rule that a person changed by hand",
    drift("aws_lb_listener_rule", { priority: 1 }, { priority: 2 }),
  ],
  [
    "safe",
    "noise after the first apply",
    drift("aws_ecr_repository", { encryption_configuration: null }, { encryption_configuration: [] }),
  ],
  [
    "look",
    "an opening that a person made by hand",
    drift("aws_security_group", { id: "sg-1", ingress: [] }, { ingress: [{ cidr_blocks: ["0.0.0.0/0"] }] }),
  ],
  ["look", "one object that was deleted by hand", { ...planOf(), resource_drift: [another(1)] }],
  [
    "dangerous",
    "the credentials of another account",
    { ...planOf(), resource_drift: [another(1), another(2), another(3)] },
  ],
  [
    "safe",
    "an environment that is added",
    {
      ...planOf(),
      output_changes: {
        system: {
          actions: ["update"],
          before: { organization: "a", accounts: { shared: "1", dev: "2" }, services: ["x"] },
          after: { organization: "a", accounts: { shared: "1", dev: "2", stg: "3" }, services: ["x", "y"] },
        },
      },
    },
  ],
  [
    "dangerous",
    "an environment in another account",
    {
      ...planOf(),
      output_changes: {
        system: {
          actions: ["update"],
          before: { accounts: { dev: "2" } },
          after: { accounts: { dev: "3" } },
        },
      },
    },
  ],
  [
    "dangerous",
    "the state of another system",
    {
      ...planOf(),
      output_changes: {
        system: { actions: ["update"], before: { organization: "a" }, after: { organization: "b" } },
      },
    },
  ],
  ["look", "a type that no rule knows", planOf(change("aws_quantum_computer", "create", null, {}))],
  [
    "look",
    "a value that is known only at apply",
    planOf(
      update(
        "aws_lb_target_group",
        { deregistration_delay: 5 },
        {},
        { after_unknown: { deregistration_delay: true } },
      ),
    ),
  ],
  [
    "safe",
    "a nested value that nobody has set, as the provider reads it",
    drift(
      "aws_cloudwatch_metric_alarm",
      { metric_query: [{ id: "a", period: null, metric: [{ period: 60 }] }] },
      { metric_query: [{ id: "a", period: 0, metric: [{ period: 60 }] }] },
    ),
  ],
  [
    "look",
    "a nested value that somebody has set",
    drift(
      "aws_cloudwatch_metric_alarm",
      { metric_query: [{ id: "a", period: null }] },
      { metric_query: [{ id: "a", period: 300 }] },
    ),
  ],
];
