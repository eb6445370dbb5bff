import type { Rule } from "./rule";

/** Attributes that describe, of any type. */
const ANY = ["description", "tags", "tags_all", "timeouts"];

/** Attributes of one type that change nothing that runs, or that the provider works out. */
const OF_TYPE: Readonly<Record<string, readonly string[] | undefined>> = {
  aws_cloudwatch_metric_alarm: ["alarm_description"],
  aws_ecs_service: ["propagate_tags", "enable_ecs_managed_tags"],
  aws_kms_key: ["bypass_policy_lockout_safety_check"],
  aws_s3_object: ["etag", "version_id", "checksum_sha256"],
};

export const harmless: Rule = {
  name: "harmless",
  finds: "only tags, descriptions and similar change",
  fact: "They change in place, and nothing that runs depends on them.",
  see: "https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html",
  judge({ changed, kind, type }) {
    if (kind !== "update") return undefined;
    const judged = changed.filter((key) => ANY.includes(key) || OF_TYPE[type]?.includes(key) === true);
    return judged.length === 0 ? undefined : { verdict: "safe", why: `only ${judged.join(", ")}`, judged };
  },
};
