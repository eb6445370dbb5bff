import { z } from "zod";
import { deployment } from "./deployment";
import { deliveryNames } from "./names";
import { defaulted, overrides, section } from "./section";
import {
  buildVariables,
  connectionArn,
  flag,
  host,
  oneOf,
  port as portNumber,
  secrets,
  text,
  urlPath,
  variables,
  whole,
} from "./values";

const repositoryName = text(
  /^(?!.*\.git$)[A-Za-z0-9._-]{1,100}$/,
  "a CodeCommit repository name of at most 100 letters, digits or ._-, not ending in .git",
);

const connection = section(
  {
    arn: connectionArn.describe("Created by hand, with status AVAILABLE."),
    repository: text(/^[\w.-]+(\/[\w.-]+)+$/, "the full name of a repository, owner/name"),
  },
  "A GitHub, GitLab or Bitbucket repository behind a connection.",
);

const source = section({
  repository: repositoryName
    .optional()
    .describe("A CodeCommit repository that codeseries creates; default: the service's name."),
  connection: connection.optional(),
}).refine(
  (value) => value.repository === undefined || value.connection === undefined,
  "repository or connection, not both",
);

const build = section(
  {
    image: text(
      /^aws\/codebuild\/(?!.*aarch64)[a-z0-9._-]+:[0-9.]+$/,
      "a curated x86_64 image of CodeBuild such as aws/codebuild/amazonlinux-x86_64-standard:5.0",
    ).default("aws/codebuild/amazonlinux-x86_64-standard:5.0"),
    computeType: oneOf([
      "BUILD_GENERAL1_SMALL",
      "BUILD_GENERAL1_MEDIUM",
      "BUILD_GENERAL1_LARGE",
      "BUILD_GENERAL1_XLARGE",
      "BUILD_GENERAL1_2XLARGE",
    ]).default("BUILD_GENERAL1_SMALL"),
    buildspec: text(
      /^[\w.-]+(\/[\w.-]+)*$/,
      "a path inside the repository, such as codeseries/codebuild/buildspec.yml",
    ).default("codeseries/codebuild/buildspec.yml"),
    timeoutMinutes: whole(5, 2160, "minutes").default(60),
    variables: buildVariables.default({}).describe("More environment variables of the build."),
  },
  "The CodeBuild project.",
);

const task = section(
  {
    cpu: whole(256, 16384, "CPU units").default(256).describe("1024 units are one vCPU."),
    memory: whole(512, 122880, "MiB")
      .default(512)
      .describe("MiB; Fargate allows certain pairs of CPU and memory."),
    desiredCount: whole(1, 5000, "tasks").default(2),
    variables: variables.default({}).describe("Environment variables of the container."),
    secrets: secrets.default({}).describe("Environment variables from Secrets Manager or SSM, by ARN."),
    healthCheckGraceSeconds: whole(0, 2147483647, "seconds").default(60),
    exec: flag.default(false).describe("ECS Exec: a shell in the running container."),
    xray: flag.default(false).describe("An X-Ray daemon as a sidecar container."),
  },
  "The Fargate task.",
);

const scaling = section(
  {
    min: whole(1, 5000, "tasks"),
    max: whole(1, 5000, "tasks"),
    cpuPercent: whole(1, 100, "percent").optional(),
    requestsPerTarget: whole(1, 1_000_000, "requests a minute").optional(),
  },
  "Target tracking; at least one of cpuPercent and requestsPerTarget.",
);

export const service = section({
  source: source.prefault({}),
  port: portNumber.describe("The container's port."),
  path: urlPath.describe("The listener rule: this path and all paths below it; / is the default action."),
  host: host.optional().describe("The listener rule's host."),
  healthCheckPath: urlPath.describe("Returns 200 when the container can serve requests."),
  version: text(/^[\w.+-]{1,64}$/, 'a version in quotes, such as "0.0.1"').default("0.0.1"),
  build: defaulted(build),
  task: defaulted(task),
  scaling: scaling.optional(),
  deployment: defaulted(deployment),
  environments: z
    .record(
      z.string(),
      section({
        build: overrides(build).optional(),
        task: overrides(task).optional(),
        scaling: scaling.optional(),
        deployment: overrides(deployment).optional(),
        names: deliveryNames.optional(),
      }),
      "a mapping of environments",
    )
    .default({})
    .describe("What differs in one environment."),
});
