import { EXTERNAL_ACCOUNT_ID, administratorOf, type Parties } from "../parties";
import type { ForbiddenCall } from "../request";
import { inOtherRegion, forbid, forbidAll, serviceTrustGuards } from "./forbid";

/** Who must not assume a role of the delivery. */
export const trustGuards = (own: Parties, others: readonly [Parties, ...Parties[]]): ForbiddenCall[] => [
  ...serviceGuards(own, others[0]),
  ...pipelineServiceGuards(own),
  ...oneRoleGuards(own, others),
];

function serviceGuards({ arns, examples, region, service }: Parties, other: Parties): ForbiddenCall[] {
  const { build, codeDeploy, execution, task, trigger } = arns.roles;
  const ofTasks = {
    service: "ecs-tasks",
    sourceArn: examples.task,
    otherArn: inOtherRegion(examples.task, region),
  };
  return [
    ...(service.source.connection
      ? []
      : serviceTrustGuards({
          role: trigger,
          service: "events",
          sourceArn: arns.triggerRule,
          otherArn: other.arns.triggerRule,
        })),
    ...serviceTrustGuards({
      role: build,
      service: "codebuild",
      sourceArn: arns.buildProject,
      otherArn: other.arns.buildProject,
    }),
    ...serviceTrustGuards({
      role: codeDeploy,
      service: "codedeploy",
      sourceArn: arns.deploymentGroup,
      otherArn: other.arns.deploymentGroup,
    }),
    ...serviceTrustGuards({ ...ofTasks, role: execution }),
    ...serviceTrustGuards({ ...ofTasks, role: task }),
  ];
}

/** CodePipeline sends its account, but no source ARN. */
function pipelineServiceGuards({ arns, shared }: Parties): ForbiddenCall[] {
  const codePipeline = forbid("codepipeline.amazonaws.com", shared.id);
  return [
    codePipeline(
      "codepipeline would assume the role for a resource of another account",
      ["sts:AssumeRole"],
      arns.roles.pipeline,
      { context: { "aws:SourceAccount": EXTERNAL_ACCOUNT_ID } },
    ),
    codePipeline(
      "codepipeline would assume the role for no resource",
      ["sts:AssumeRole"],
      arns.roles.pipeline,
    ),
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
