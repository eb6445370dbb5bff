import type { VariableStores } from "../../../src/local/services/codebuild/buildspec/variables";
import { valueOfSecret } from "../../../src/local/services/codebuild/buildspec/variables";
import type { BuildInput } from "./run-build";

/** What builds are of, unless they say something else. */
export const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** Parameter Store and Secrets Manager of a build. */
export const storesOf = ({ parameters = {}, secrets = {} }: BuildInput): VariableStores => ({
  parameter: (name) => found(parameters, name, "Parameter Store"),
  secret: async ({ jsonKey, secretId }) =>
    valueOfSecret(await found(secrets, secretId, "Secrets Manager"), jsonKey),
});

function found(values: Readonly<Record<string, string>>, name: string, store: string): Promise<string> {
  const value = values[name];
  return value === undefined
    ? Promise.reject(new Error(`DOWNLOAD_SOURCE: ${store} has no ${name}`))
    : Promise.resolve(value);
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html */
export function codeBuildVariables(
  { buildNumber = 1, commit = COMMIT, variables }: BuildInput,
  source: string,
) {
  const region = variables.AWS_REGION ?? "us-east-1";
  const id = "project:11111111-2222-3333-4444-555555555555";
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    CI: "true",
    CODEBUILD_CI: "true",
    CODEBUILD_BUILD_ARN: `arn:aws:codebuild:${region}:111111111111:build/${id}`,
    CODEBUILD_BUILD_ID: id,
    CODEBUILD_BUILD_IMAGE: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
    CODEBUILD_BUILD_NUMBER: String(buildNumber),
    CODEBUILD_INITIATOR: "codepipeline/pipeline",
    CODEBUILD_LOG_PATH: id.split(":")[1],
    CODEBUILD_RESOLVED_SOURCE_VERSION: commit,
    CODEBUILD_SOURCE_REPO_URL: "",
    CODEBUILD_SOURCE_VERSION: "arn:aws:s3:::artifacts/pipeline/Source/archive",
    CODEBUILD_SRC_DIR: source,
    CODEBUILD_START_TIME: String(Date.now()),
  };
}
