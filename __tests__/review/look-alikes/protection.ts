import { change, edited, planOf, update } from "../../support/plans";
import type { LabelledPlan } from "./labelled-plan";

const watching = (alarm: string) => {
  const group = { app_name: "app", alarm_configuration: [{ alarms: [alarm] }] };
  return change("aws_codedeploy_deployment_group", "no-op", group, group);
};

/** Changes of what protects, and of what a release carries: each dangerous one with what looks like it and is not. */
export const PROTECTION: readonly LabelledPlan[] = [
  [
    "safe",
    "versioning that is switched on",
    edited("c-versioning-off-shared", "versioning", (one) =>
      Object.assign(one, { before: one.after, after: one.before }),
    ),
  ],
  [
    "safe",
    "rotation that is switched on",
    planOf(update("aws_kms_key", { enable_key_rotation: false }, { enable_key_rotation: true })),
  ],
  [
    "dangerous",
    "a public access block that goes",
    planOf(change("aws_s3_bucket_public_access_block", "delete", { block_public_policy: true }, null)),
  ],
  [
    "safe",
    "logs that are kept longer",
    planOf(update("aws_cloudwatch_log_group", { retention_in_days: 30 }, { retention_in_days: 0 })),
  ],
  [
    "dangerous",
    "logs that are no longer kept permanently",
    planOf(update("aws_cloudwatch_log_group", { retention_in_days: 0 }, { retention_in_days: 30 })),
  ],
  [
    "dangerous",
    "an older TLS",
    planOf(
      update(
        "aws_lb_listener",
        { ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
        { ssl_policy: "ELBSecurityPolicy-2016-08" },
      ),
    ),
  ],
  [
    "safe",
    "a newer TLS",
    planOf(
      update(
        "aws_lb_listener",
        { ssl_policy: "ELBSecurityPolicy-2016-08" },
        { ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
      ),
    ),
  ],
  [
    "dangerous",
    "protection that goes",
    edited("protect-on-dev", "aws_lb.", (one) =>
      Object.assign(one, { before: one.after, after: one.before }),
    ),
  ],
  [
    "dangerous",
    "a task definition's logs group that is replaced",
    planOf(change("aws_cloudwatch_log_group", "replace", { name: "a" }, { name: "b" })),
  ],
  [
    "look",
    "a task definition whose old revision is deregistered",
    edited("cpu-memory-dev", "task-definition", ({ before }) =>
      Object.assign(before ?? {}, { skip_destroy: false }),
    ),
  ],
  [
    "look",
    "alarms of other names",
    planOf(
      update(
        "aws_codedeploy_deployment_group",
        { alarm_configuration: [{ enabled: true, alarms: ["a"] }] },
        { alarm_configuration: [{ enabled: true, alarms: ["b"] }] },
      ),
    ),
  ],
  [
    "safe",
    "one alarm more",
    planOf(
      update(
        "aws_codedeploy_deployment_group",
        { alarm_configuration: [{ enabled: true, alarms: ["a"] }] },
        { alarm_configuration: [{ enabled: true, alarms: ["a", "b"] }] },
      ),
    ),
  ],
  [
    "safe",
    "a file that the next release carries",
    planOf(
      update(
        "aws_s3_object",
        { key: "delivery/taskdef.json", content: "a", etag: "1" },
        { content: "b", etag: "2" },
      ),
    ),
  ],
  [
    "look",
    "another object",
    planOf(update("aws_s3_object", { key: "index.html", content: "a" }, { content: "b" })),
  ],
  [
    "dangerous",
    "an alarm that a deployment group still watches",
    planOf(
      change("aws_cloudwatch_metric_alarm", "delete", { alarm_name: "errors" }, null),
      watching("errors"),
    ),
  ],
  [
    "look",
    "an alarm that no deployment group watches",
    planOf(
      change("aws_cloudwatch_metric_alarm", "delete", { alarm_name: "errors" }, null),
      watching("other"),
    ),
  ],
  [
    "look",
    "a pipeline without a successor",
    planOf(change("aws_codepipeline", "delete", { name: "orders" }, null)),
  ],
  ["look", "scaling that ends", planOf(change("aws_appautoscaling_policy", "delete", { name: "cpu" }, null))],
];
