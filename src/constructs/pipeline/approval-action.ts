import type { PipelineAction } from "./pipeline-action";

/** Waits for a manual approval. CodePipeline fails the action after seven days. */
export function approvalAction(): PipelineAction {
  return {
    action: { name: "Approve", category: "Approval", owner: "AWS", provider: "Manual", version: "1" },
    permissions: [],
  };
}
