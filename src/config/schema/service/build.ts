import { buildSecrets } from "../arns";
import { policies } from "../policies";
import { section } from "../section";
import { buildVariables, flag, oneOf, text, whole } from "../values";

/** Without `.` and `..`, so that no path leads out of the repository. */
const segment = "(?!\\.{1,2}(/|$))[\\w.-]+";
const pathPattern = `${segment}(/${segment})*`;
const repositoryPath = (example: string) =>
  text(
    new RegExp(`^${pathPattern}$`),
    `a path inside the repository, without . and .. as parts, such as ${example}`,
  );

export const build = section(
  {
    image: text(
      /^aws\/codebuild\/[a-z0-9._-]+:[0-9.]+$/,
      "a curated image of CodeBuild such as aws/codebuild/amazonlinux-x86_64-standard:5.0",
    )
      .optional()
      .describe("Default: CodeBuild's Amazon Linux 2023 image of task.architecture."),
    computeType: oneOf([
      "BUILD_GENERAL1_SMALL",
      "BUILD_GENERAL1_MEDIUM",
      "BUILD_GENERAL1_LARGE",
      "BUILD_GENERAL1_XLARGE",
      "BUILD_GENERAL1_2XLARGE",
    ]).default("BUILD_GENERAL1_SMALL"),
    buildspec: repositoryPath("codeseries/codebuild/buildspec.yml")
      .optional()
      .describe("A buildspec of the repository. Default: a generated one, which needs only a Dockerfile."),
    dockerfile: repositoryPath("docker/Dockerfile")
      .default("Dockerfile")
      .describe("For the generated buildspec."),
    context: text(
      new RegExp(`^(\\.|${pathPattern})$`),
      "a folder of the repository such as app, or . for all of it",
    )
      .default(".")
      .describe("The folder that the generated buildspec gives to docker build."),
    timeoutMinutes: whole(5, 2160, "minutes").default(60),
    variables: buildVariables
      .default({})
      .describe("More environment variables of the build; build arguments of the generated buildspec."),
    secrets: buildSecrets
      .default({})
      .describe(
        "Environment variables from Secrets Manager or SSM, of the shared account; BuildKit secrets of the generated buildspec.",
      ),
    policies: policies
      .default([])
      .describe("What the build may do in AWS in addition: managed policies, and statements that allow."),
    vpc: flag.default(false).describe("The build runs inside accounts.shared.vpc."),
    reports: flag
      .default(false)
      .describe("JUnit XML files of the Dockerfile's stage named reports are shown in CodeBuild."),
  },
  "The CodeBuild project.",
);
