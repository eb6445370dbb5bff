import { artifactOf, buildLogOf, cacheOf, ofKey, throughS3 } from "../chain/context";
import { developerOf } from "../chain/source";
import { STRANGE_ACCOUNT, type Parties } from "../parties";
import type { Denial } from "../request";
import { byPrincipal, ofOthers, onEach, type Scene } from "./rows";

/** What the shared account's roles must not do, and its developers. */
export const sharedRoleDenials = (scene: Scene): Denial[] => [
  ...(scene.own.connection === undefined ? [...developer(scene), ...trigger(scene)] : []),
  ...pipeline(scene),
  ...build(scene),
  ...[scene.own.roles.pipeline, scene.own.roles.build].flatMap((role) => store(scene, role)),
];

function developer(scene: Scene): Denial[] {
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

function trigger(scene: Scene): Denial[] {
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

function pipeline(scene: Scene): Denial[] {
  const {
    account,
    connection,
    deploymentGroup,
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
      reason: "a pipeline would approve, or change, itself",
      actions: ["codepipeline:UpdatePipeline", "codepipeline:StartPipelineExecution"],
      resource: own,
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

function build(scene: Scene): Denial[] {
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

/** Bucket and key, as the pipeline and the build use them. */
function store(scene: Scene, principal: string): Denial[] {
  const { bucket, key, shared } = scene.own;
  const role = { principal, owner: shared };
  const objectsOf = (parties: Parties) => [artifactOf(parties), cacheOf(parties), buildLogOf(parties)];
  const keys = scene.others.filter((other) => other.key !== scene.own.key);
  return [
    ...onEach(ofOthers(scene, "shared", objectsOf), {
      principal,
      reason: "one delivery would change, or read, what another releases",
      actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
    }),
    ...onEach(
      ofOthers(scene, "shared", (other) => [other.bucket]),
      {
        principal,
        reason: "one delivery would look into another's artifacts",
        actions: ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetBucketLocation"],
      },
    ),
    ...[...objectsOf(scene.own), bucket].map((resource) => ({
      principal,
      reason: "a bucket that a stranger made under the same name would get, or give, the artifacts",
      actions:
        resource === bucket ? ["s3:ListBucket", "s3:GetBucketLocation"] : ["s3:GetObject", "s3:PutObject"],
      resource,
      owner: STRANGE_ACCOUNT,
      granted: "resource" as const,
    })),
    {
      ...role,
      reason: "a release would delete, or open, the artifacts",
      actions: ["s3:DeleteBucket", "s3:PutBucketPolicy", "s3:PutEncryptionConfiguration"],
      resource: bucket,
    },
    {
      ...role,
      reason: "a release would remove what a rollback needs",
      actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      resource: artifactOf(scene.own),
    },
    ...keys.flatMap((other) => [
      {
        ...role,
        reason: "one service would read another's artifacts",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resource: other.key,
        context: throughS3(other, other.bucket),
      },
      {
        ...role,
        reason: "one service would use another's key",
        actions: ["kms:DescribeKey"],
        resource: other.key,
        context: ofKey(other),
      },
    ]),
    {
      ...role,
      reason: "a release would end the key, or give it away",
      actions: ["kms:ScheduleKeyDeletion", "kms:PutKeyPolicy", "kms:DisableKey", "kms:CreateGrant"],
      resource: key,
      context: ofKey(scene.own),
    },
  ];
}
