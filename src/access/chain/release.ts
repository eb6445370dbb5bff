import type { Parties } from "../parties";
import type { Hop } from "../request";
import { artifactOf, ofKey, throughS3 } from "./context";

/** The one service to which task roles may be handed. */
export const toTasks = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };

/**
 * From the pipeline's deploy action to a deployment that runs.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html
 */
export function releaseHops(parties: Parties): Hop[] {
  const { account, roles } = parties;
  return [
    {
      purpose: "take on the deploy role",
      principal: roles.pipeline,
      actions: ["sts:AssumeRole"],
      resource: roles.deploy,
      owner: account,
    },
    ...readHops(parties),
    ...registerHops(parties),
    ...deploymentHops(parties),
  ];
}

/** With a bucket key S3 sends the bucket's ARN to KMS, and without one the object's. */
function readHops(parties: Parties): Hop[] {
  const { bucket, key, roles, shared } = parties;
  const deploy = { principal: roles.deploy, owner: shared };
  return [
    {
      ...deploy,
      purpose: "find the artifact",
      actions: ["s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"],
      resource: bucket,
    },
    {
      ...deploy,
      purpose: "read the artifact",
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      resource: artifactOf(parties),
    },
    ...[bucket, artifactOf(parties)].map((arn) => ({
      ...deploy,
      purpose: arn === bucket ? "decrypt it, with a bucket key" : "decrypt it, without a bucket key",
      actions: ["kms:Decrypt"],
      resource: key,
      context: throughS3(parties, arn),
    })),
    {
      ...deploy,
      purpose: "find its key",
      actions: ["kms:DescribeKey"],
      resource: key,
      context: ofKey(parties),
    },
  ];
}

function registerHops({ account, roles, taskDefinition }: Parties): Hop[] {
  const deploy = { principal: roles.deploy, owner: account };
  return [
    {
      ...deploy,
      purpose: "register the task definition",
      actions: ["ecs:RegisterTaskDefinition"],
      resource: "*",
    },
    {
      ...deploy,
      purpose: "tag it",
      actions: ["ecs:TagResource"],
      resource: taskDefinition,
      context: { "ecs:CreateAction": "RegisterTaskDefinition" },
    },
    ...passHops(roles.deploy, roles, account),
  ];
}

/** Both roles that a task definition names. */
export const passHops = (principal: string, { execution, task }: Parties["roles"], owner: string): Hop[] =>
  [
    { purpose: "hand the execution role to tasks", resource: execution },
    { purpose: "hand the task role to tasks", resource: task },
  ].map((row) => ({ ...row, principal, owner, actions: ["iam:PassRole"], context: toTasks }));

function deploymentHops({ account, application, deploymentConfig, deploymentGroup, roles }: Parties): Hop[] {
  const deploy = { principal: roles.deploy, owner: account };
  return [
    {
      ...deploy,
      purpose: "register the revision",
      actions: [
        "codedeploy:GetApplication",
        "codedeploy:GetApplicationRevision",
        "codedeploy:RegisterApplicationRevision",
      ],
      resource: application,
    },
    {
      ...deploy,
      purpose: "start the deployment, and wait for it",
      actions: ["codedeploy:CreateDeployment", "codedeploy:GetDeployment"],
      resource: deploymentGroup,
    },
    {
      ...deploy,
      purpose: "read how traffic moves",
      actions: ["codedeploy:GetDeploymentConfig"],
      resource: deploymentConfig,
    },
  ];
}
