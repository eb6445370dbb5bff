import type { Parties } from "../parties";
import type { Hop } from "../request";
import { useOfKey } from "./artifacts";
import { artifactOf, buildLogOf, cacheOf, encryptedWith, onBehalfOf } from "./context";

/** From the pipeline's build action to an image in the environment's registry. */
export function buildHops(parties: Parties): Hop[] {
  const { project, roles, shared } = parties;
  return [
    {
      purpose: "start the build, and wait for it",
      principal: roles.pipeline,
      actions: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
      resource: project,
      owner: shared,
    },
    {
      purpose: "run the build",
      principal: "codebuild.amazonaws.com",
      actions: ["sts:AssumeRole"],
      resource: roles.build,
      owner: shared,
      context: onBehalfOf(shared, project),
    },
    ...storeHops(parties),
    ...useOfKey(parties, roles.build),
    ...pushHops(parties),
  ];
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html */
function storeHops(parties: Parties): Hop[] {
  const { bucket, buildLogs, key, roles, shared } = parties;
  const build = { principal: roles.build, owner: shared };
  const readAndWrite = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"];
  return [
    {
      ...build,
      purpose: "write the build's log",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resource: `${buildLogs}:log-stream:0123abcd`,
    },
    {
      ...build,
      purpose: "find the artifact store",
      actions: ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"],
      resource: bucket,
    },
    {
      ...build,
      purpose: "read the source, leave what the deployment reads",
      actions: readAndWrite,
      resource: artifactOf(parties),
    },
    {
      ...build,
      purpose: "leave it encrypted with the key by name",
      actions: ["s3:PutObject"],
      resource: artifactOf(parties),
      context: encryptedWith(key),
    },
    { ...build, purpose: "keep a cache", actions: readAndWrite, resource: cacheOf(parties) },
    { ...build, purpose: "keep the log", actions: ["s3:PutObject"], resource: buildLogOf(parties) },
  ];
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
function pushHops({ account, images, roles }: Parties): Hop[] {
  const push = { principal: roles.push, owner: account };
  return [
    {
      purpose: "take on the push role",
      principal: roles.build,
      actions: ["sts:AssumeRole"],
      resource: roles.push,
      owner: account,
    },
    { ...push, purpose: "log in to the registry", actions: ["ecr:GetAuthorizationToken"], resource: "*" },
    {
      ...push,
      purpose: "push the image, and read its digest",
      actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:InitiateLayerUpload",
        "ecr:UploadLayerPart",
        "ecr:CompleteLayerUpload",
        "ecr:PutImage",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
        "ecr:DescribeImages",
      ],
      resource: images,
    },
  ];
}
