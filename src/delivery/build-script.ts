/** The folder of the output artifact, relative to the repository. */
export const OUTPUT_FOLDER = ".codeseries";

/** Placeholders of a repository's own files, such as `<AWS_REGION>`: each is an environment variable. */
export const FILLED = [
  "AWS_REGION",
  "ACCOUNT_NO",
  "ENVIRONMENT",
  "APPLICATION_NAME",
  "APPLICATION_PATH",
  "APPLICATION_PORT",
  "APPLICATION_VERSION",
] as const;

/** Their values in an environment. */
export type PlaceholderValues = Readonly<Record<(typeof FILLED)[number], string>>;

/**
 * One command of a buildspec. CodeBuild documents only for exported variables that the next command sees them.
 * Shell variables start with `cs_`, so that none is a variable of the build, which is exported.
 */
export const script = (...lines: readonly string[]) => `${lines.join("\n")}\n`;

/** A sentence on standard error, and the end of the build. */
export const fail = (sentence: string) => `{ echo "${sentence}" >&2; exit 1; }`;
