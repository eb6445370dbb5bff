import { accountOf } from "../../system/arns";
import { onBehalfOf } from "../calls/call";
import { EXTERNAL_ACCOUNT_ID, administratorOf, type Other, type Parties } from "../parties";
import type { Context, ForbiddenCall } from "../request";
import { inOtherRegion, forbid, forbidAll } from "./forbid";

/** Who must not assume a role of the delivery. */
export function trustGuards(own: Parties, others: readonly [Other, ...Other[]]): ForbiddenCall[] {
  const { arns, examples, region, service } = own;
  const { build, codeDeploy, execution, pipeline, task, trigger } = arns.roles;
  const other = others[0].arns;
  const otherTask = inOtherRegion(examples.task, region);
  // CodePipeline sends its account, but no source ARN.
  const runPipeline = assumeFor("codepipeline", pipeline);
  return [
    ...(service.source.connection
      ? []
      : serviceTrustGuards(trigger, "events", arns.triggerRule, other.triggerRule)),
    runPipeline("a resource of another account", { "aws:SourceAccount": EXTERNAL_ACCOUNT_ID }),
    runPipeline("no resource", {}),
    ...serviceTrustGuards(build, "codebuild", arns.buildProject, other.buildProject),
    ...serviceTrustGuards(codeDeploy, "codedeploy", arns.deploymentGroup, other.deploymentGroup),
    ...serviceTrustGuards(execution, "ecs-tasks", examples.task, otherTask),
    ...serviceTrustGuards(task, "ecs-tasks", examples.task, otherTask),
    ...oneRoleGuards(own, others),
  ];
}

/**
 * What a service must not use a role for, although it may assume it.
 *
 * @param service `codebuild`
 * @param sourceArn What the service acts for, and sends.
 * @param otherArn A resource of the same account that it must not act for.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrustGuards(role: string, service: string, sourceArn: string, otherArn: string) {
  const owner = accountOf(role);
  const external = sourceArn.replace(owner, EXTERNAL_ACCOUNT_ID);
  const assume = assumeFor(service, role);
  return [
    assume("a resource of another account", onBehalfOf(EXTERNAL_ACCOUNT_ID, external)),
    assume("another resource of the account", onBehalfOf(owner, otherArn)),
    assume("no resource", {}),
  ];
}

const assumeFor = (service: string, role: string) => (forWhat: string, context: Context) => {
  const reason = `${service} would assume the role for ${forWhat}`;
  return forbid(`${service}.amazonaws.com`)(reason, "sts:AssumeRole", role, context);
};

/** The roles that the shared account assumes in the environment's: each by one role, whatever others may do. */
function oneRoleGuards({ account, arns, shared }: Parties, others: readonly Other[]): ForbiddenCall[] {
  const { build, deploy, pipeline, push } = arns.roles;
  const inExternalAccount = (role: string) => role.replace(shared.id, EXTERNAL_ACCOUNT_ID);
  const anyone = [administratorOf(shared.id), administratorOf(account.id)];
  const otherBuilds = [inExternalAccount(build), ...others.map((other) => other.arns.roles.build)];
  const otherPipelines = [inExternalAccount(pipeline), ...others.map((other) => other.arns.roles.pipeline)];
  const notBuild = forbidAll([...anyone, pipeline, ...otherBuilds]);
  const notPipeline = forbidAll([...anyone, build, ...otherPipelines]);
  return [
    ...notBuild("another role would push the image", "sts:AssumeRole", push),
    ...notPipeline("another role would release the service", "sts:AssumeRole", deploy),
  ];
}
