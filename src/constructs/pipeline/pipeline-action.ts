import type { CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import type { Statement } from "../iam/policy-document";

/** Artifacts that one stage hands to the next. */
export const SOURCE_ARTIFACT = "SourceArtifact";
export const BUILD_ARTIFACT = "BuildArtifact";

/**
 * What a source action gives to a build: an archive of the commit, or a reference to clone. Other actions cannot
 * use a reference.
 */
export const outputFormat = (fullClone = false) => (fullClone ? "CODEBUILD_CLONE_REF" : "CODE_ZIP");

/** An action of a pipeline and the permissions that the pipeline's role needs to run it. */
export interface PipelineAction {
  readonly action: CodepipelineStageAction;
  readonly permissions: readonly Statement[];
}

/** A stage of a pipeline: actions that run one after another. */
export interface PipelineStage {
  readonly name: string;
  readonly actions: readonly PipelineAction[];
}
