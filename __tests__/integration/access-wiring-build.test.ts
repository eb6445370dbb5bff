import { systemOf } from "../support/evidence";
import { and, breaks, DEV, ELSEWHERE, roleIn, SHARED, type Row } from "../support/wiring";

const shipped = systemOf("codeseries.yaml");
const bucket = "bys-shared-s3-codeseries-awssdk-iam";
const registry = `${DEV}.dkr.ecr.ap-northeast-2.amazonaws.com`;
const key = shipped.evidence.keys[0]?.arn ?? "";
const alias = `arn:aws:kms:ap-northeast-2:${SHARED}:alias/bys-shared-kms-codeseries-awssdk-iam`;

const variables = "environment.environment_variable";
const names =
  "ACCOUNT_NO, APPLICATION_NAME, APPLICATION_PATH, APPLICATION_PORT, APPLICATION_VERSION, AWS_REGION, ECR_REPOSITORY, ENVIRONMENT, EXPECTED_BRANCH, PUSH_ROLE_ARN, REGISTRY_URL";

breaks(shipped, "shared.aws_codebuild_project", "bys-shared-cdb-awssdk-iam-dev", [
  ["another role", "service_role", ELSEWHERE, roleIn(SHARED, "service-role/bys-shared-iam-cdb-role")],
  ["an alias in place of the key's ARN", "encryption_key", alias, key],
  ["another cache", "cache.location", "other/cache", `${bucket}/dev/cache`],
  ["another log", "logs_config.s3_logs.location", "other/logs", `${bucket}/dev/logs`],
  ["a log without encryption", "logs_config.s3_logs.encryption_disabled", true, "false"],
  ["another source", "source.type", "GITHUB", "CODEPIPELINE"],
  ["commands in place of a file", "source.buildspec", "version: 0.2", "codeseries/codebuild/buildspec.yml"],
  ["other artifacts", "artifacts.type", "S3", "CODEPIPELINE"],
  ["an image pulled by the role", "environment.image_pull_credentials_type", "SERVICE_ROLE", "CODEBUILD"],
  [
    "a role of batches",
    "build_batch_config",
    { service_role: ELSEWHERE },
    "nothing",
    `{"service_role":"${ELSEWHERE}"}`,
  ],
  ...["secondary_sources", "secondary_artifacts", "file_system_locations", "vpc_config"].map(
    (argument): Row => [`${argument} more`, argument, "other", "nothing"],
  ),
]);

breaks(shipped, "shared.aws_codebuild_project", "bys-shared-cdb-awssdk-iam-dev", [
  ["another registry", `${variables}.4.value`, "other", registry, "other", `${variables}.REGISTRY_URL.value`],
  [
    "a variable from elsewhere",
    `${variables}.4.type`,
    "SECRETS_MANAGER",
    "nothing",
    "SECRETS_MANAGER",
    `${variables}.REGISTRY_URL.type`,
  ],
  ["a variable more", variables, and({ name: "X", value: "1" }), names, `${names}, X`],
  [
    "a variable named twice",
    variables,
    and({ name: "REGISTRY_URL", value: "other" }),
    names,
    `${names}, REGISTRY_URL`,
  ],
]);
