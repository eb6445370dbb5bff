import { EXTERNAL_ACCOUNT_ID, administratorOf, type Parties } from "../parties";
import type { Context, ForbiddenCall } from "../request";
import { inOtherRegion, forbid, forbidAll, serviceTrustGuards } from "./forbid";

/** Who must not assume a role of the delivery. */
export const trustGuards = (own: Parties, others: readonly [Parties, ...Parties[]]): ForbiddenCall[] => [
  ...serviceGuards(own, others[0]),
  ...oneRoleGuards(own, others),
];

function serviceGuards(
  { arns, examples, region, service, shared }: Parties,
  other: Parties,
): ForbiddenCall[] {
  const { build, codeDeploy, execution, pipeline, task, trigger } = arns.roles;
  const otherTask = inOtherRegion(examples.task, region);
  // CodePipeline sends its account, but no source ARN.
  const runPipeline = (forWhat: string, context: Context) =>
    forbid("codepipeline.amazonaws.com", shared.id)(
      `codepipeline would assume the role for ${forWhat}`,
      ["sts:AssumeRole"],
      pipeline,
      { context },
    );
  return [
    ...(service.source.connection
      ? []
      : serviceTrustGuards(trigger, "events", arns.triggerRule, other.arns.triggerRule)),
    runPipeline("a resource of another account", { "aws:SourceAccount": EXTERNAL_ACCOUNT_ID }),
    runPipeline("no resource", {}),
    ...serviceTrustGuards(build, "codebuild", arns.buildProject, other.arns.buildProject),
    ...serviceTrustGuards(codeDeploy, "codedeploy", arns.deploymentGroup, other.arns.deploymentGroup),
    ...serviceTrustGuards(execution, "ecs-tasks", examples.task, otherTask),
    ...serviceTrustGuards(task, "ecs-tasks", examples.task, otherTask),
  ];
}

/** The roles that the shared account assumes in the environment's: each by one role, whatever others may do. */
function oneRoleGuards({ account, arns, shared }: Parties, others: readonly Parties[]): ForbiddenCall[] {
  const { build, deploy, pipeline, push } = arns.roles;
  const inExternalAccount = (role: string) => role.replace(shared.id, EXTERNAL_ACCOUNT_ID);
  const anyone = [administratorOf(shared.id), administratorOf(account.id)];
  const assume = (reason: string, role: string) => ({
    reason,
    actions: ["sts:AssumeRole"],
    resource: role,
    owner: account.id,
  });
  return [
    ...forbidAll(
      [...anyone, pipeline, inExternalAccount(build), ...others.map((other) => other.arns.roles.build)],
      assume("another role would push the image", push),
    ),
    ...forbidAll(
      [...anyone, build, inExternalAccount(pipeline), ...others.map((other) => other.arns.roles.pipeline)],
      assume("another role would release the service", deploy),
    ),
  ];
}
