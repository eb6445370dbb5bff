import { ATTACH, buildNetworkOf, forCodeBuild } from "../calls/build-network";
import { passedTo } from "../calls/call";
import { EXTERNAL_ACCOUNT_ID, administratorOf, type Parties } from "../parties";
import type { ForbiddenCall } from "../request";
import { byIdentity, forbid, forbidAll, type Guard } from "./forbid";
import { developerGuards } from "./source";

/** Actions on a repository of images. */
export const DELETE_OR_OPEN = "ecr:BatchDeleteImage SetRepositoryPolicy";

/** What the roles of a delivery must not be able to do. */
export function roleGuards(own: Parties): ForbiddenCall[] {
  const { arns, crossesAccounts, names, service, settings, shared } = own;
  const { containerRepository: images, deploymentGroup, repository, roles } = arns;
  const approval = `${arns.pipeline}/${names.approvalStage}/Approve`;
  const release = "codedeploy:CreateDeployment";
  const otherAccounts = [EXTERNAL_ACCOUNT_ID, ...(crossesAccounts ? [shared.id] : [])];
  const outsiders = forbidAll(otherAccounts.map(administratorOf));
  const pipeline = forbid(roles.pipeline);
  const build = forbid(roles.build);
  const deploy = forbid(roles.deploy);
  const push = forbid(roles.push);
  const execution = forbid(roles.execution);
  return [
    ...(service.source.connection ? [] : developerGuards(arns)),
    ...networkGuards(own, build),
    pipeline("a pipeline would change the source", "codecommit:GitPush", repository),
    pipeline("a pipeline would change the build", "codebuild:UpdateProject", arns.buildProject),
    pipeline("a pipeline would approve its own release", "codepipeline:PutApprovalResult", approval),
    byIdentity(pipeline("a pipeline would deploy without the deploy role", release, deploymentGroup)),
    build("a build would change the source", "codecommit:GitPush", repository),
    build("a build would release by itself", "codepipeline:StartPipelineExecution", arns.pipeline),
    byIdentity(build("a build would push without the push role", "ecr:PutImage", images)),
    ...outsiders("another account would pull or replace the image", "ecr:PutImage BatchGetImage", images),
    push("a build would delete images or open the repository", DELETE_OR_OPEN, images),
    tagGuard(arns, deploy),
    deploy("a release would bypass CodeDeploy", "ecs:UpdateService", arns.ecsService),
    forbid(roles.codeDeploy)("a deployment would delete the service", "ecs:DeleteService", arns.ecsService),
    forbid(roles.task)("an application would release itself", release, deploymentGroup),
    ...settings.task.secretKeyArns.map((key) =>
      byIdentity(execution("a task would decrypt other data with the key", "kms:Decrypt", key)),
    ),
    ...[deploy, forbid(roles.codeDeploy)].flatMap((by) => passGuards(arns, by)),
    ...Object.values(roles).map((role) =>
      forbid(role)("a role would change its own permissions", "iam:PutRolePolicy", role),
    ),
  ];
}

/** A build gives CodeBuild a network interface in its own subnets, and no other service or subnet. */
function networkGuards(own: Parties, build: Guard): ForbiddenCall[] {
  const network = buildNetworkOf(own);
  if (!network) return [];
  const { networkInterface, subnets } = network;
  const [subnet = ""] = subnets;
  return [
    forCodeBuild(`${subnet}-other`),
    { ...forCodeBuild(subnet), "ec2:AuthorizedService": "lambda.amazonaws.com" },
  ].map((context) => build("a build would give away a network interface", ATTACH, networkInterface, context));
}

/** Passing a role passes its permissions: only tasks get roles, and only the task roles. */
export function passGuards({ roles }: Parties["arns"], by: Guard): ForbiddenCall[] {
  const { codeDeploy, deploy, execution, push, task } = roles;
  const pass = (reason: string, role: string, context = passedTo()) =>
    by(reason, "iam:PassRole", role, context);
  return [
    ...[codeDeploy, deploy, push].map((role) => pass("a task would get another role", role)),
    ...[execution, task].map((role) =>
      pass("another service would get a task's role", role, passedTo("lambda")),
    ),
  ];
}

/** Tags are given with the registration only. */
export const tagGuard = ({ taskDefinition }: Parties["arns"], by: Guard) =>
  by(
    "a release would change the tags of a registered task definition",
    "ecs:TagResource",
    `${taskDefinition}:1`,
  );
