import { expiresMore } from "./expiry";
import type { Rule } from "./rule";
import { judgeSettings } from "./weaker";

/** 0 keeps logs permanently. */
const days = (value: unknown) => (typeof value === "number" && value > 0 ? value : Infinity);
const isShorter = (before: unknown, after: unknown) => days(after) < days(before);

export const retentionShortened: Rule = {
  name: "retention-shortened",
  finds: "logs, objects or backups are kept for a shorter time",
  fact: "AWS deletes what is older at once, or within days, and it cannot come back.",
  see: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
  judge: judgeSettings([
    {
      types: ["aws_cloudwatch_log_group"],
      path: "retention_in_days",
      weaker: isShorter,
      lost: "older logs are deleted",
    },
    {
      types: ["aws_s3_bucket_lifecycle_configuration"],
      path: "rule",
      weaker: expiresMore,
      lost: "older objects are deleted",
    },
    {
      path: "backup_retention_period",
      weaker: (before, after) => Number(after ?? 0) < Number(before ?? 0),
      lost: "older backups are deleted",
    },
  ]),
};
