import type { Denial } from "../request";
import { ofOthers, onEach, type Scene } from "./rows";

/** What a push must not start, or change. */
export function triggerRoleDenials(scene: Scene): Denial[] {
  const { pipeline: own, roles, shared } = scene.own;
  return [
    ...onEach(
      ofOthers(scene, "shared", ({ pipeline: other }) => [other]),
      {
        reason: "a push would start another's pipeline",
        principal: roles.trigger,
        actions: ["codepipeline:StartPipelineExecution"],
      },
    ),
    {
      reason: "a push would stop or change a pipeline",
      principal: roles.trigger,
      actions: [
        "codepipeline:StopPipelineExecution",
        "codepipeline:UpdatePipeline",
        "codepipeline:DeletePipeline",
      ],
      resource: own,
      owner: shared,
    },
  ];
}
