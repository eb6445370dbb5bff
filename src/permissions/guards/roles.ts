import { passedTo } from "../calls/call";
import { developerOf } from "../calls/source";
import { EXTERNAL_ACCOUNT_ID, administratorOf, type Parties } from "../parties";
import type { ForbiddenCall } from "../request";
import { BY_IDENTITY, BY_RESOURCE, forbid } from "./forbid";

/** What the roles of a delivery must not be able to do. */
export const roleGuards = (own: Parties): ForbiddenCall[] => [
  ...(own.service.source.connection ? [] : developerGuards(own)),
  ...pipelineGuards(own),
  ...imageGuards(own),
  ...releaseGuards(own),
  ...[own.arns.roles.deploy, own.arns.roles.codeDeploy].flatMap((role) => passGuards(own, role)),
  ...Object.values(own.arns.roles).map((role) =>
    forbid(role)("a role would change its own permissions", ["iam:PutRolePolicy"], role),
  ),
];

function developerGuards(own: Parties): ForbiddenCall[] {
  const { developerPolicy: attachedPolicyArn, pipeline, repository } = own.arns;
  const developer = (reason: string, actions: readonly string[], resource: string) =>
    forbid(developerOf(own))(reason, actions, resource, { attachedPolicyArn });
  return [
    developer(
      "a developer would delete the source or skip its reviews",
      ["codecommit:DeleteRepository", "codecommit:OverridePullRequestApprovalRules"],
      repository,
    ),
    developer(
      "a developer would release without a commit",
      ["codepipeline:StartPipelineExecution"],
      pipeline,
    ),
  ];
}

function pipelineGuards({ arns, names }: Parties): ForbiddenCall[] {
  const pipeline = forbid(arns.roles.pipeline);
  const build = forbid(arns.roles.build);
  const approval = `${arns.pipeline}/${names.approvalStage}/Approve`;
  return [
    pipeline("a pipeline would change the source", ["codecommit:GitPush"], arns.repository),
    pipeline("a pipeline would change the build", ["codebuild:UpdateProject"], arns.buildProject),
    pipeline("a pipeline would approve its own release", ["codepipeline:PutApprovalResult"], approval),
    pipeline(
      "a pipeline would deploy without the deploy role",
      ["codedeploy:CreateDeployment"],
      arns.deploymentGroup,
      BY_IDENTITY,
    ),
    build("a build would change the source", ["codecommit:GitPush"], arns.repository),
    build("a build would release by itself", ["codepipeline:StartPipelineExecution"], arns.pipeline),
    build(
      "a build would push without the push role",
      ["ecr:PutImage"],
      arns.containerRepository,
      BY_IDENTITY,
    ),
  ];
}

function imageGuards({ arns, crossesAccounts, shared }: Parties): ForbiddenCall[] {
  const outsiders = [EXTERNAL_ACCOUNT_ID, ...(crossesAccounts ? [shared.id] : [])];
  return [
    ...outsiders.map((accountId) =>
      forbid(administratorOf(accountId))(
        "another account would pull or replace the image",
        ["ecr:PutImage", "ecr:BatchGetImage"],
        arns.containerRepository,
        BY_RESOURCE,
      ),
    ),
    forbid(arns.roles.push)(
      "a build would delete images or open the repository",
      ["ecr:BatchDeleteImage", "ecr:SetRepositoryPolicy"],
      arns.containerRepository,
    ),
  ];
}

function releaseGuards({ arns, examples }: Parties): ForbiddenCall[] {
  const { codeDeploy, deploy, task } = arns.roles;
  return [
    forbid(deploy)(
      "a release would change the tags of a registered task definition",
      ["ecs:TagResource"],
      examples.taskDefinitionRevision,
    ),
    forbid(deploy)("a release would bypass CodeDeploy", ["ecs:UpdateService"], arns.ecsService),
    forbid(codeDeploy)("a deployment would delete the service", ["ecs:DeleteService"], arns.ecsService),
    forbid(task)(
      "an application would release itself",
      ["codedeploy:CreateDeployment"],
      arns.deploymentGroup,
    ),
  ];
}

/** Passing a role passes its permissions: only tasks get roles, and only the task roles. */
function passGuards({ arns }: Parties, principal: string): ForbiddenCall[] {
  const { codeDeploy, deploy, execution, push, task } = arns.roles;
  const pass = (reason: string, role: string, context = passedTo()) =>
    forbid(principal)(reason, ["iam:PassRole"], role, { context });
  return [
    ...[codeDeploy, deploy, push].map((role) => pass("a task would get another role", role)),
    ...[execution, task].map((role) =>
      pass("another service would get a task's role", role, passedTo("lambda")),
    ),
  ];
}
