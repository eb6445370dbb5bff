import type { AwsCredentialIdentity } from "@aws-sdk/types";
import { gitVariables } from "../codecommit/variables";
import { uniquePart, type Build } from "./build";

/** Where a build is on this machine. */
export interface BuildFolders {
  /** `.local/builds/<unique part of the id>` */
  readonly folder: string;
  readonly bin: string;
  readonly home: string;
  readonly source: string;
  readonly shell: string;
}

/** The folders of a build, below its own. */
export const foldersIn = (folder: string): BuildFolders => ({
  folder,
  bin: `${folder}/bin`,
  home: `${folder}/home`,
  source: `${folder}/src`,
  shell: `${folder}/shell`,
});

/** A variable that only the commands of one build have. */
export const markOf = ({ id }: Pick<Build, "id">) => `CODEBUILD_BUILD_ID=${id}`;

/** Variables of this process that are of the machine, and that a build has too. */
const KEPT = ["LANG", "TERM", "TZ", "TMPDIR", "JAVA_HOME", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html */
const ofCodeBuild = (build: Build, region: string, { source }: BuildFolders) => ({
  AWS_DEFAULT_REGION: region,
  AWS_REGION: region,
  CI: "true",
  CODEBUILD_CI: "true",
  CODEBUILD_BUILD_ARN: build.arn,
  CODEBUILD_BUILD_ID: build.id,
  CODEBUILD_BUILD_IMAGE: build.environment.image,
  CODEBUILD_BUILD_NUMBER: String(build.buildNumber),
  CODEBUILD_BUILD_SUCCEEDING: "1",
  CODEBUILD_INITIATOR: build.initiator ?? "",
  CODEBUILD_KMS_KEY_ID: build.encryptionKey,
  CODEBUILD_LOG_PATH: uniquePart(build),
  CODEBUILD_RESOLVED_SOURCE_VERSION: build.resolvedSourceVersion ?? "",
  CODEBUILD_SOURCE_REPO_URL: "",
  CODEBUILD_SOURCE_VERSION: build.sourceVersion ?? "",
  CODEBUILD_SRC_DIR: source,
  CODEBUILD_START_TIME: String(Math.round(build.startTime * 1000)),
});

/**
 * The environment of a build's commands: the programs of this machine, the credentials of the build's role for the
 * embedded AWS, and nothing of the user's home.
 *
 * @param variables Of the project and the buildspec.
 */
export function environmentOf(
  build: Build,
  region: string,
  endpoint: string,
  folders: BuildFolders,
  credentials: AwsCredentialIdentity,
  variables: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const kept = KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return {
    ...(Object.fromEntries(kept) as NodeJS.ProcessEnv),
    PATH: `${folders.bin}:${process.env.PATH ?? ""}`,
    HOME: folders.home,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_ENDPOINT_URL: endpoint,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    // For a build that has cloned its source.
    ...gitVariables(region),
    ...variables,
    ...ofCodeBuild(build, region, folders),
  };
}
