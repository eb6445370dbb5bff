import { connectionArn } from "../arns";
import { section } from "../section";
import { oneOf, pattern, patterns, text, whole } from "../values";

const repositoryName = text(
  /^(?!.*\.git$)[A-Za-z0-9._-]{1,100}$/,
  "a CodeCommit repository name of at most 100 letters, digits or ._-, not ending in .git; repositories of GitHub, GitLab and Bitbucket go into connection",
);

const connection = section(
  {
    arn: connectionArn.describe("Created by hand, with status AVAILABLE."),
    repository: text(/^[\w.-]+(\/[\w.-]+)+$/, "the full name of a repository, owner/name"),
  },
  "A GitHub, GitLab or Bitbucket repository behind a connection.",
);

/** A pattern that starts with a slash or a dot matches no path of a repository. */
const pathPattern = pattern(
  /^(?!\.{0,2}\/)/,
  "a pattern of paths relative to the repository such as api/**, without / or ./ at its start",
);

export const source = section({
  repository: repositoryName
    .optional()
    .describe(
      "A CodeCommit repository that codeseries creates; default: the service's name. Several services can name one.",
    ),
  connection: connection.optional(),
  paths: patterns(pathPattern, 'a list of path patterns such as ["api/**"]')
    .optional()
    .describe("Only a push that changes such a file starts the pipelines. With a connection only."),
  clone: oneOf(["zip", "full"])
    .default("zip")
    .describe("full: the build clones the repository, with its history, and gets the right to do so."),
  approvals: whole(0, 10, "approvals")
    .default(0)
    .describe(
      "CodeCommit: approvals that a pull request to the branch of a protected environment needs; developers cannot push there. Of several services of one repository, the largest number counts.",
    ),
}).refine(
  (value) => value.repository === undefined || value.connection === undefined,
  "repository or connection, not both",
);
