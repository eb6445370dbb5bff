import type { PipelineDeclaration } from "@aws-sdk/client-codepipeline";

/** The kind of the documents of pipelines. */
export const PIPELINES = "codepipeline-pipelines";

/** A pipeline as moto has it now. */
export interface PipelineDocument {
  readonly pipeline: PipelineDeclaration;
  readonly disabledTransitions: readonly Transition[];
  /** Only written: it starts an execution. */
  readonly detected?: Detected;
}

/** What was pushed to the repository of a connection. It starts a pipeline once for each token. */
export interface Detected {
  readonly token: string;
  readonly trigger: { readonly triggerType: "WebhookV2"; readonly triggerDetail: string };
  readonly sourceRevisions: readonly RequestedRevision[];
}

export interface Transition {
  readonly stageName: string;
  /** Into the stage, or out of it. */
  readonly transitionType: "Inbound" | "Outbound";
}

/** A revision that a start asked for. */
export interface RequestedRevision {
  readonly actionName: string;
  readonly revisionType: string;
  readonly revisionValue: string;
  /** The branch that was pushed, if a connection detected it. */
  readonly branch?: string;
}
