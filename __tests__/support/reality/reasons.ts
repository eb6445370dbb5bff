import type { Parties } from "../../../src/permissions/parties";
import { personWith } from "../../../src/permissions/calls/call";
import type { Reason } from "./compare";

/** The required calls of a delivery that do not happen in a release on the embedded AWS, and why. */
export function reasonsOf({ arns }: Parties): Reason[] {
  const { build, codeDeploy, deploy, execution, pipeline, push, task, trigger } = arns.roles;
  const [developer] = personWith(arns.developerPolicy, "developer");
  return [
    { actions: "kms:*", why: "S3 uses the key for its caller. moto encrypts nothing" },
    {
      actions: "s3:GetBucketAcl GetBucketLocation GetBucketVersioning ListBucket",
      why: "AWS's services look at a bucket before they use it. The controllers know it",
    },
    { actions: "s3:GetObjectVersion PutObjectAcl", why: "The controllers read and write the newest version" },
    {
      actions: "iam:PassRole",
      why: "ECS checks it in RegisterTaskDefinition and CreateTaskSet. It is no call",
    },
    {
      principal: developer,
      actions: "codecommit:*",
      why: "Calls of a person. The Git server of the embedded AWS knows nobody",
    },
    {
      principal: "events.amazonaws.com",
      actions: "sts:AssumeRole",
      resource: trigger,
      why: "moto's rule starts the pipeline without a role",
    },
    { principal: trigger, actions: "codepipeline:StartPipelineExecution", why: "The same" },
    {
      principal: pipeline,
      actions: "codecommit:GetRepository GetCommit UploadArchive GetUploadArchiveStatus CancelUploadArchive",
      why: "CodeCommit uploads the archive for CodePipeline. The controller makes it from the repository's folder",
    },
    {
      principal: pipeline,
      actions: "s3:GetObject",
      why: "AWS documents it. Builds and deploy actions read artifacts with their own roles",
    },
    {
      principal: build,
      actions: "s3:GetObject",
      resource: arns.deliveryFiles,
      why: "A command of the buildspec. It calls AWS by itself, which is not recorded",
    },
    {
      principal: push,
      actions: "ecr:GetAuthorizationToken DescribeImages BatchGetImage GetDownloadUrlForLayer",
      why: "Commands of the buildspec. The push of layers, which is recorded, needs the token",
    },
    {
      principal: deploy,
      actions:
        "codedeploy:GetApplication GetApplicationRevision RegisterApplicationRevision GetDeploymentConfig",
      why: "AWS documents them. CreateDeployment of the controller brings its revision along",
    },
    {
      principal: deploy,
      actions: "ecs:TagResource",
      why: "ECS checks it in RegisterTaskDefinition. It is no call",
    },
    {
      principal: codeDeploy,
      actions: "elasticloadbalancing:DescribeListeners",
      why: "AWS's managed policy has it. The controller asks for the rules of listeners, which it knows by ARN",
    },
    {
      principal: codeDeploy,
      actions: "elasticloadbalancing:ModifyListener",
      why: "Only the default action of a listener needs it. The service has rules",
    },
    {
      principal: execution,
      actions: "ecr:BatchCheckLayerAvailability",
      why: "AWS documents it. A pull asks for layers, not whether they are there",
    },
    {
      principal: "ecs-tasks.amazonaws.com",
      actions: "sts:AssumeRole",
      resource: task,
      why: "The application calls AWS by itself, which is not recorded",
    },
  ];
}
