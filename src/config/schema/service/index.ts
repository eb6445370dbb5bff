import { z } from "zod";
import { connectionArn } from "../arns";
import { deliveryNames } from "../names";
import { defaulted, overrides, section } from "../section";
import { branch, host, port as portNumber, text, urlPath } from "../values";
import { build } from "./build";
import { deployment } from "./deployment";
import { scaling } from "./scaling";
import { task } from "./task";

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
    .describe(
      "A CodeCommit repository that codeseries creates; default: the service's name. Several services can name one.",
    ),
  connection: connection.optional(),
}).refine(
  (value) => value.repository === undefined || value.connection === undefined,
  "repository or connection, not both",
);

/** Keys that an environment can override. */
const overridable = {
  path: urlPath.describe("The listener rule: this path and all paths below it; / is the default action."),
  host: host.optional().describe("The listener rule's host; {environment} in it is the environment's name."),
  healthCheckPath: urlPath.describe("Returns 200 when the container can serve requests."),
  build: defaulted(build),
  task: defaulted(task),
  scaling: scaling.optional(),
  deployment: defaulted(deployment),
};

const inEnvironment = section({
  branch: branch.optional().describe("A push to this branch is delivered, in place of the environment's."),
  ...overrides(section(overridable)).shape,
  names: deliveryNames.optional(),
});

export const service = section({
  source: source.prefault({}),
  port: portNumber.describe("The container's port."),
  version: text(/^[\w.+-]{1,64}$/, 'a version in quotes, such as "0.0.1"').default("0.0.1"),
  ...overridable,
  environments: z
    .record(
      z.string(),
      z.union([z.literal(false, "false, or a mapping of what differs in this environment"), inEnvironment]),
      "a mapping of environments",
    )
    .default({})
    .describe("What differs in one environment; false: the service is not delivered there."),
});
