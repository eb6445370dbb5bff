import type { CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";

/** Patterns of Git tags, or a branch and patterns of the files that a push to it changes. */
export type PushTriggerProps =
  | { readonly tags: readonly string[] }
  | { readonly branch: string; readonly paths: readonly string[] };

/**
 * Starts a pipeline with a connection as its source, whose action then detects no changes itself.
 *
 * @param sourceActionName The name of the source action.
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
export const pushTrigger = (sourceActionName: string, props: PushTriggerProps): CodepipelineTrigger => ({
  providerType: "CodeStarSourceConnection",
  gitConfiguration: {
    sourceActionName,
    push: [
      "tags" in props
        ? { tags: { includes: [...props.tags] } }
        : { branches: { includes: [props.branch] }, filePaths: { includes: [...props.paths] } },
    ],
  },
});
