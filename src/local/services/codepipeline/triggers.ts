import type { PipelineDeclaration } from "@aws-sdk/client-codepipeline";

/** A push to a branch, with the files that it changed, or to a tag. */
export type Push = { readonly branch: string; readonly files: readonly string[] } | { readonly tag: string };

interface Patterns {
  readonly includes?: readonly string[];
  readonly excludes?: readonly string[];
}

const META: Readonly<Record<string, string>> = { "**": ".*", "*": "[^/]*", "?": "[^/]" };

/** A glob pattern as AWS has it: `*` and `?` stop at a slash, `**` does not. */
export function globToRegExp(pattern: string): RegExp {
  const source = pattern.replaceAll(
    /\*\*\/|\*\*|\*|\?|\{([^{}]*)\}|\[([^\]]*)\]|[.+^$()|\\{}[\]]/g,
    (token, alternatives: string | undefined, set: string | undefined) => {
      if (token === "**/") return "(?:.*/)?";
      if (alternatives !== undefined)
        return `(?:${alternatives
          .split(",")
          .map((one) => globToRegExp(one).source.slice(1, -1))
          .join("|")})`;
      if (set !== undefined) return `[${set.replace(/^!/, "^")}]`;
      return META[token] ?? `\\${token}`;
    },
  );
  return new RegExp(`^${source}$`);
}

const someMatch = (patterns: readonly string[], value: string) =>
  patterns.some((pattern) => globToRegExp(pattern).test(value));

/** Excludes take precedence; without includes everything else matches. */
const matches = ({ includes, excludes = [] }: Patterns, value: string) =>
  !someMatch(excludes, value) && (!includes?.length || someMatch(includes, value));

/**
 * The source actions that a push to the repository of a connection starts the pipeline for.
 *
 * A pipeline with a trigger for the action is started by it alone. Otherwise each push to the action's branch starts
 * it, unless `DetectChanges` is false. Of several filters for pushes one must match, of one filter all parts.
 *
 * @param repository `owner/name`
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
export function startedBy(pipeline: PipelineDeclaration, repository: string, push: Push): string[] {
  const actions = pipeline.stages?.flatMap(({ actions: all = [] }) => all) ?? [];
  return actions.flatMap(({ name = "", actionTypeId, configuration = {} }) => {
    if (actionTypeId?.provider !== "CodeStarSourceConnection") return [];
    if (configuration.FullRepositoryId !== repository) return [];
    const toItsBranch = "branch" in push && push.branch === configuration.BranchName;
    const triggers = pipeline.triggers?.filter(
      ({ gitConfiguration }) => gitConfiguration?.sourceActionName === name,
    );
    if (!triggers?.length) return toItsBranch && configuration.DetectChanges !== "false" ? [name] : [];
    const started = triggers.some(({ gitConfiguration: { push: filters, pullRequest } = {} }) =>
      filters?.length
        ? filters.some((filter) => filterMatches(filter, push))
        : toItsBranch && !pullRequest?.length,
    );
    return started ? [name] : [];
  });
}

interface PushFilter {
  readonly branches?: Patterns;
  readonly tags?: Patterns;
  readonly filePaths?: Patterns;
}

function filterMatches({ branches, tags, filePaths }: PushFilter, push: Push): boolean {
  if ("tag" in push) return tags !== undefined && matches(tags, push.tag);
  if (!branches && !filePaths) return false;
  if (branches && !matches(branches, push.branch)) return false;
  return !filePaths || push.files.some((file) => matches(filePaths, file));
}
