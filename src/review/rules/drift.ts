import type { Change } from "../plan/change";
import { isEmpty, isRecord, isSame } from "../plan/values";
import { isManagedElsewhere } from "./managed-elsewhere";
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
        (!owned.includes(key) || isStopped(change, key)) &&
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

/** A release stops no service; that scaling does is not known here. */
const isStopped = ({ after, before }: Change, key: string) =>
  key === "desired_count" && after[key] === 0 && before[key] !== 0;

/** The provider reads a nested value that nobody has set as its zero value, such as `period = 0` of a query. */
function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, given(one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => one !== 0 && one !== false && !isEmpty(one)));
}
