import type { Denial } from "../request";
import { byPrincipal, ofOthers, onEach, type Scene } from "./rows";

/** What a pipeline must not do beside its own delivery. */
export function pipelineRoleDenials(scene: Scene): Denial[] {
  const {
    account,
    connection,
    deploymentGroup,
    names,
    pipeline: own,
    project,
    repository,
    roles,
    shared,
  } = scene.own;
  const role = { principal: roles.pipeline };
  const use = (arn: string) => `${arn.split(":")[2] ?? ""}:UseConnection`;
  return [
    ...onEach(
      ofOthers(scene, "shared", ({ project: other }) => [other]),
      {
        ...role,
        reason: "a pipeline would start another's build",
        actions: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
      },
    ),
    {
      ...role,
      reason: "a pipeline would change its build",
      actions: ["codebuild:UpdateProject", "codebuild:DeleteProject"],
      resource: project,
      owner: shared,
    },
    ...onEach(
      ofOthers(scene, "shared", ({ repository: other }) => [other]),
      {
        ...role,
        reason: "a pipeline would release another's source",
        actions: ["codecommit:GetBranch", "codecommit:UploadArchive"],
      },
    ),
    {
      ...role,
      reason: "a pipeline would change the source",
      actions: ["codecommit:GitPush", "codecommit:CreateCommit", "codecommit:DeleteRepository"],
      resource: repository,
      owner: shared,
    },
    ...ofOthers(scene, "shared", (other) => (other.connection === undefined ? [] : [other.connection])).map(
      (target) =>
        byPrincipal({
          ...role,
          ...target,
          reason: "a pipeline would release another's source",
          actions: [use(target.resource)],
        }),
    ),
    ...(connection === undefined
      ? []
      : [
          {
            ...role,
            reason: "a pipeline would end the connection",
            actions: [use(connection).replace("Use", "Delete")],
            resource: connection,
            owner: shared,
          },
        ]),
    {
      ...role,
      reason: "a pipeline would start, or change, itself",
      actions: ["codepipeline:UpdatePipeline", "codepipeline:StartPipelineExecution"],
      resource: own,
      owner: shared,
    },
    {
      ...role,
      reason: "a pipeline would approve itself",
      actions: ["codepipeline:PutApprovalResult"],
      resource: `${own}/${names.approvalStage}/Approve`,
      owner: shared,
    },
    byPrincipal({
      ...role,
      reason: "a pipeline would deploy without the deploy role",
      actions: ["codedeploy:CreateDeployment"],
      resource: deploymentGroup,
      owner: account,
    }),
  ];
}
