import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { isEmpty, isRecord, isSame } from "../plan/values";
import type { Rule } from "./rule";

/** What a release of CodeDeploy, or scaling, changes. */
const OWNED: Readonly<Record<string, readonly string[] | undefined>> = {
  aws_ecs_service: [
    "desired_count",
    "load_balancer",
    "network_configuration",
    "platform_version",
    "task_definition",
  ],
  aws_lb_listener: ["default_action"],
  aws_alb_listener: ["default_action"],
  aws_lb_listener_rule: ["action"],
  aws_alb_listener_rule: ["action"],
  aws_codecommit_repository: ["default_branch"],
  aws_codepipeline: ["trigger_all"],
};

/** What other resources of the same plan manage, and AWS then reports here too. */
const MANAGED_ELSEWHERE: Readonly<Record<string, readonly string[] | undefined>> = {
  aws_iam_role: ["inline_policy", "managed_policy_arns"],
  aws_security_group: ["egress", "ingress"],
  aws_route_table: ["route"],
  aws_kms_key: ["policy"],
  aws_s3_bucket: [
    ...["acl", "cors_rule", "grant", "lifecycle_rule", "logging", "object_lock_configuration", "policy"],
    ...["replication_configuration", "server_side_encryption_configuration", "versioning", "website"],
  ],
  aws_ecs_cluster: ["setting"],
  aws_lb_target_group: ["load_balancer_arns"],
  aws_s3_object: ["etag", "version_id"],
};

/** The types of resources that manage the attributes above. */
const MANAGERS: Readonly<Record<string, readonly string[] | undefined>> = {
  aws_iam_role: ["aws_iam_role_policy", "aws_iam_role_policy_attachment"],
  aws_security_group: [
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
    "aws_security_group_rule",
  ],
  aws_route_table: ["aws_route"],
  aws_kms_key: ["aws_kms_key_policy"],
};

export const drift: Rule = {
  name: "changed-outside",
  finds: "something was changed outside of Terraform: by a release, by AWS, or by hand",
  fact: "Terraform reports what differs from its state. A release of CodeDeploy and scaling are expected; so is what other resources manage. What a person changed by hand is lost or hidden.",
  see: "https://developer.hashicorp.com/terraform/internals/json-format#plan-representation",
  judge(change, plan) {
    if (change.kind !== "drift") return undefined;
    if (change.actions.includes("delete"))
      return {
        verdict: "look",
        why: "it was deleted outside of Terraform; the plan makes it again, if it is still wanted",
      };
    const owned = OWNED[change.type] ?? [];
    const others = change.changed.filter(
      (key) =>
        !owned.includes(key) &&
        !isSame(given(change.before[key]), given(change.after[key])) &&
        !isManagedElsewhere(change, key, plan),
    );
    if (others.length > 0)
      return {
        verdict: "look",
        why: `changed outside of Terraform: ${others.join(", ")}`,
        judged: change.changed,
      };
    const byRelease = change.changed.some((key) => owned.includes(key));
    return {
      verdict: "expected",
      why: byRelease
        ? "a release or scaling did it, and the plan leaves it"
        : "only how AWS reports it differs",
      judged: change.changed,
    };
  },
};

/** The provider reads a nested value that nobody has set as its zero value, such as `period = 0` of a query. */
function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, given(one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => one !== 0 && one !== false && !isEmpty(one)));
}

function isManagedElsewhere(change: Change, key: string, plan: Plan): boolean {
  if (MANAGED_ELSEWHERE[change.type]?.includes(key) !== true) return false;
  const managers = MANAGERS[change.type];
  const names = [change.before.id, change.before.name].filter((name) => typeof name === "string");
  // A rule that nobody manages was made by hand.
  return (
    managers === undefined ||
    plan
      .ofType(...managers)
      .some(({ after, before }) =>
        [before, after].some((values) =>
          Object.values(values).some((value) => names.includes(value as string)),
        ),
      )
  );
}
