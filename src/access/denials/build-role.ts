import { buildLogOf, cacheOf } from "../chain/context";
import type { Denial } from "../request";
import { byPrincipal, ofOthers, onEach, type Scene } from "./rows";

/** What a build must not do beside its own work. */
export function buildRoleDenials(scene: Scene): Denial[] {
  const { account, bucket, buildLogs, images, pipeline: own, project, repository, roles, shared } = scene.own;
  const role = { principal: roles.build, owner: shared };
  const log = (group: string) => `${group}:log-stream:0123abcd`;
  return [
    ...onEach(
      ofOthers(scene, "shared", (other) => [log(other.buildLogs)]),
      {
        principal: roles.build,
        reason: "a build would write another's log",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      },
    ),
    {
      ...role,
      reason: "a build would delete its log",
      actions: ["logs:DeleteLogStream"],
      resource: log(buildLogs),
    },
    {
      ...role,
      reason: "a build would delete its log",
      actions: ["logs:DeleteLogGroup"],
      resource: buildLogs,
    },
    {
      ...role,
      reason: "a build would write beside its artifacts, its cache and its log",
      actions: ["s3:PutObject", "s3:GetObject", "s3:GetObjectVersion"],
      resource: `${bucket}/elsewhere/object.zip`,
    },
    {
      ...role,
      reason: "a build would read or delete a log",
      actions: ["s3:GetObject", "s3:DeleteObject"],
      resource: buildLogOf(scene.own),
    },
    {
      ...role,
      reason: "a build would delete its cache's history",
      actions: ["s3:DeleteObjectVersion"],
      resource: cacheOf(scene.own),
    },
    {
      ...role,
      reason: "a build would release by itself",
      actions: ["codepipeline:StartPipelineExecution"],
      resource: own,
    },
    {
      ...role,
      reason: "a build would change itself",
      actions: ["codebuild:UpdateProject", "codebuild:StartBuild"],
      resource: project,
    },
    {
      ...role,
      reason: "a build would change the source",
      actions: ["codecommit:GitPush", "codecommit:GitPull"],
      resource: repository,
    },
    byPrincipal({
      ...role,
      reason: "a build would push without the push role",
      actions: ["ecr:PutImage"],
      resource: images,
      owner: account,
    }),
  ];
}
