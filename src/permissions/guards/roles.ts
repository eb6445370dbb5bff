import { accountOf } from "../arn";
import { passedTo } from "../calls/call";
import { developerOf } from "../calls/source";
import { EXTERNAL_ACCOUNT_ID, administratorOf, type Parties } from "../parties";
import type { ForbiddenCall } from "../request";
import { BY_IDENTITY, BY_RESOURCE, forbid } from "./forbid";

/** What the roles of a delivery must not be able to do. */
export const roleGuards = (own: Parties): ForbiddenCall[] => [
  ...(own.service.source.connection ? [] : developerGuards(own)),
  ...pipelineGuards(own),
  ...buildGuards(own),
  ...imageGuards(own),
  ...deployGuards(own),
  ...[own.arns.roles.deploy, own.arns.roles.codeDeploy].flatMap((role) => passGuards(own, role)),
  ...Object.values(own.arns.roles).map(escalationGuard),
];

function developerGuards(own: Parties): ForbiddenCall[] {
  const { arns, shared } = own;
  const developer = forbid(developerOf(own), shared.id);
  const attached = { attachedPolicyArn: arns.developerPolicy };
  return [
    developer(
      "a developer would delete the source or skip its reviews",
      ["codecommit:DeleteRepository", "codecommit:OverridePullRequestApprovalRules"],
      arns.repository,
      attached,
    ),
    developer(
      "a developer would release without a commit",
      ["codepipeline:StartPipelineExecution"],
      arns.pipeline,
      attached,
    ),
  ];
}

function pipelineGuards({ account, arns, names, shared }: Parties): ForbiddenCall[] {
  const pipeline = forbid(arns.roles.pipeline, shared.id);
  return [
    pipeline("a pipeline would change the source", ["codecommit:GitPush"], arns.repository),
    pipeline("a pipeline would change the build", ["codebuild:UpdateProject"], arns.buildProject),
    pipeline(
      "a pipeline would approve its own release",
      ["codepipeline:PutApprovalResult"],
      `${arns.pipeline}/${names.approvalStage}/Approve`,
    ),
    forbid(arns.roles.pipeline, account.id)(
      "a pipeline would deploy without the deploy role",
      ["codedeploy:CreateDeployment"],
      arns.deploymentGroup,
      BY_IDENTITY,
    ),
  ];
}

function buildGuards({ account, arns, shared }: Parties): ForbiddenCall[] {
  const build = forbid(arns.roles.build, shared.id);
  return [
    build("a build would change the source", ["codecommit:GitPush"], arns.repository),
    build("a build would release by itself", ["codepipeline:StartPipelineExecution"], arns.pipeline),
    forbid(arns.roles.build, account.id)(
      "a build would push without the push role",
      ["ecr:PutImage"],
      arns.containerRepository,
      BY_IDENTITY,
    ),
  ];
}

function imageGuards({ account, arns, crossesAccounts, shared }: Parties): ForbiddenCall[] {
  const outsiders = [EXTERNAL_ACCOUNT_ID, ...(crossesAccounts ? [shared.id] : [])];
  return [
    ...outsiders.map((accountId) =>
      forbid(administratorOf(accountId), account.id)(
        "another account would pull or replace the image",
        ["ecr:PutImage", "ecr:BatchGetImage"],
        arns.containerRepository,
        BY_RESOURCE,
      ),
    ),
    forbid(arns.roles.push, account.id)(
      "a build would delete images or open the repository",
      ["ecr:BatchDeleteImage", "ecr:SetRepositoryPolicy"],
      arns.containerRepository,
    ),
  ];
}

function deployGuards({ account, arns, examples }: Parties): ForbiddenCall[] {
  const deploy = forbid(arns.roles.deploy, account.id);
  const codeDeploy = forbid(arns.roles.codeDeploy, account.id);
  return [
    deploy(
      "a release would change the tags of a registered task definition",
      ["ecs:TagResource"],
      examples.taskDefinitionRevision,
    ),
    deploy("a release would bypass CodeDeploy", ["ecs:UpdateService"], arns.ecsService),
    codeDeploy("a deployment would delete the service", ["ecs:DeleteService"], arns.ecsService),
    forbid(arns.roles.task, account.id)(
      "an application would release itself",
      ["codedeploy:CreateDeployment"],
      arns.deploymentGroup,
    ),
  ];
}

/** Passing a role passes its permissions: only tasks get roles, and only the task roles. */
function passGuards({ account, arns }: Parties, principal: string): ForbiddenCall[] {
  const { codeDeploy, deploy, execution, push, task } = arns.roles;
  const pass = (reason: string, role: string, context = passedTo()) =>
    forbid(principal, account.id)(reason, ["iam:PassRole"], role, { context });
  return [
    ...[codeDeploy, deploy, push].map((role) => pass("a task would get another role", role)),
    ...[execution, task].map((role) =>
      pass("another service would get a task's role", role, passedTo("lambda")),
    ),
  ];
}

const escalationGuard = (role: string): ForbiddenCall =>
  forbid(role, accountOf(role))("a role would change its own permissions", ["iam:PutRolePolicy"], role);
