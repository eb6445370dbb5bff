import { artifactOf } from "../chain/context";
import { developerOf } from "../chain/source";
import type { Denial } from "../request";
import { ofOthers, onEach, type Scene } from "./rows";

/** What a developer of one service must not do. */
export function developerDenials(scene: Scene): Denial[] {
  const { developerPolicy: holds, pipeline: own, repository, shared } = scene.own;
  const person = { principal: developerOf(scene.own), holds };
  return [
    ...onEach(
      ofOthers(scene, "shared", ({ repository: other }) => [other]),
      {
        ...person,
        reason: "a developer of one service would change another's source",
        actions: ["codecommit:GitPush", "codecommit:GitPull", "codecommit:MergePullRequestByFastForward"],
      },
    ),
    {
      ...person,
      reason: "a developer would delete the source, or get round its reviews",
      actions: [
        "codecommit:DeleteRepository",
        "codecommit:DeleteBranch",
        "codecommit:DeletePullRequestApprovalRule",
        "codecommit:OverridePullRequestApprovalRules",
      ],
      resource: repository,
      owner: shared,
    },
    {
      ...person,
      reason: "a developer would release without a commit",
      actions: ["codepipeline:StartPipelineExecution"],
      resource: own,
      owner: shared,
    },
    {
      ...person,
      reason: "a developer would change what is released",
      actions: ["s3:GetObject", "s3:PutObject"],
      resource: artifactOf(scene.own),
      owner: shared,
    },
  ];
}
