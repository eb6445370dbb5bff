import type { Parties } from "../../parties";
import type { Wire } from "./wire";

/** What starts a pipeline on a push. A connection does that itself. */
export function triggerWires(parties: Parties): Wire[] {
  const { configured, connection, names, pipeline, repository, roles, shared } = parties;
  if (connection !== undefined) return [];
  return [
    {
      account: shared,
      type: "aws_cloudwatch_event_rule",
      by: ["name"],
      block: {
        name: names.triggerRule,
        event_pattern: {
          source: ["aws.codecommit"],
          "detail-type": ["CodeCommit Repository State Change"],
          resources: [repository],
          detail: {
            event: new Set(["referenceCreated", "referenceUpdated"]),
            referenceType: ["branch"],
            referenceName: [configured.environment.branch],
          },
        },
      },
    },
    {
      account: shared,
      type: "aws_cloudwatch_event_target",
      by: ["rule", "arn", "role_arn"],
      block: { rule: names.triggerRule, target_id: "pipeline", arn: pipeline, role_arn: roles.trigger },
    },
  ];
}
