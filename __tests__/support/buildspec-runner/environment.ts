import type { Buildspec } from "./buildspec";
import type { BuildInput } from "./run-build";

/** What builds are of, unless they say something else. */
export const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** Variables as they stand, since CodeBuild expands none. Those of the project win over the buildspec's. */
export function variablesOf({ env }: Buildspec, input: BuildInput): Record<string, string> {
  const own = Object.entries(env.variables ?? {}).map(([name, value]) => [name, String(value)]);
  const parameters = Object.entries(env["parameter-store"] ?? {}).map(([name, parameter]) => [
    name,
    found(input.parameters, parameter, "Parameter Store"),
  ]);
  const secrets = Object.entries(env["secrets-manager"] ?? {}).map(([name, reference]) => [
    name,
    secretOf(reference, input.secrets),
  ]);
  return { ...Object.fromEntries([...own, ...parameters, ...secrets]), ...input.variables } as Record<
    string,
    string
  >;
}

function found(values: Readonly<Record<string, string>> = {}, name: string, store: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`DOWNLOAD_SOURCE: ${store} has no ${name}`);
  return value;
}

/** `<secret>:<JSON key>`; stages and versions are not told apart. An ARN has six colons of its own. */
function secretOf(reference: string, secrets?: Readonly<Record<string, string>>): string {
  const parts = reference.split(":");
  const length = reference.startsWith("arn:") ? 7 : 1;
  const value = found(secrets, parts.slice(0, length).join(":"), "Secrets Manager");
  const key = parts[length] ?? "";
  return key === "" ? value : found(JSON.parse(value) as Record<string, string>, key, "the secret");
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
