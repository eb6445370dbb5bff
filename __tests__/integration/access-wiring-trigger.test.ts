import { systemOf } from "../support/evidence";
import { breaks, ELSEWHERE, roleIn, SHARED } from "../support/wiring";

const shipped = systemOf("codeseries.yaml");
const rule = "bys-shared-evb-awssdk-iam-dev";
const pipeline = `arn:aws:codepipeline:ap-northeast-2:${SHARED}:bys-shared-cdpl-awssdk-iam-dev`;
const repository = `arn:aws:codecommit:ap-northeast-2:${SHARED}:awssdk-iam`;

const withOther = (part: string | RegExp) => (pattern: string) => pattern.replace(part, "other");

breaks(shipped, "shared.aws_cloudwatch_event_rule", rule, [
  [
    "another source",
    "event_pattern",
    withOther("aws.codecommit"),
    "aws.codecommit",
    "other",
    "event_pattern.source.0",
  ],
  [
    "another repository",
    "event_pattern",
    withOther(/\$\{[^}]*\}/),
    repository,
    "other",
    "event_pattern.resources.0",
  ],
  [
    "another branch",
    "event_pattern",
    withOther("develop"),
    "develop",
    "other",
    "event_pattern.detail.referenceName.0",
  ],
  ["a rule that sleeps", "state", "DISABLED", "nothing"],
  ["a schedule", "schedule_expression", "rate(1 day)", "nothing"],
]);

breaks(shipped, "shared.aws_cloudwatch_event_target", rule, [
  ["another pipeline", "arn", "other", pipeline],
  [
    "another role",
    "role_arn",
    ELSEWHERE,
    roleIn(SHARED, "service-role/bys-shared-iam-evb-awssdk-iam-dev-role"),
  ],
  ["another rule", "rule", "other", rule],
  ["an input", "input", "other", "nothing"],
]);

breaks(shipped, "shared.aws_codecommit_repository", "awssdk-iam", [
  ["a key of its own", "kms_key_id", "other", "nothing"],
]);
