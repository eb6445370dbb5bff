import { DescribeTargetGroupsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TaskSet } from "@aws-sdk/client-ecs";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { readAppSpec } from "../model/app-spec";
import { nowInSeconds, type Begun, type Deployment, type NamedGroup, type Pair } from "../model/document";
import { DeploymentEnds, failure } from "../model/ending";
import { checkLeftOver, leftOver, pairFor, primaryOf } from "../model/groups";
import { pendingEvents } from "../model/lifecycle";
import { checkListener } from "../model/rules";
import { describeRules } from "../listeners";
import { routeOf, type Session } from "../session";
import { deleteTaskSet } from "../task-sets";

/** @throws DeploymentEnds if the group's service role was deleted. */
async function checkRole({ embedded, place }: Session, { group }: Deployment): Promise<void> {
  const RoleName = group.serviceRoleArn.split("/").at(-1);
  try {
    await embedded.clients.asService(IAMClient, place).send(new GetRoleCommand({ RoleName }));
  } catch (error) {
    if ((error as Error).name !== "NoSuchEntityException") throw error;
    throw new DeploymentEnds(
      failure("IAM_ROLE_MISSING", `The IAM role ${group.serviceRoleArn} does not exist.`),
    );
  }
}

async function findGroups(session: Session, names: string[]): Promise<NamedGroup[]> {
  const { TargetGroups = [] } = await session.elb((client) =>
    client.send(new DescribeTargetGroupsCommand({ Names: names })),
  );
  return TargetGroups.flatMap(({ TargetGroupArn: arn, TargetGroupName: name }) =>
    arn !== undefined && name !== undefined ? [{ arn, name }] : [],
  );
}

/** Deletes the task sets of earlier deployments, so that their tasks do not get green's traffic. */
async function deleteLeftOver(session: Session, pair: Pair, production: readonly string[]): Promise<void> {
  const left = leftOver(await session.describeService(), session.id);
  for (const taskSet of left) checkLeftOver(taskSet, pair, production);
  for (const { id, taskSetArn } of left) {
    session.say(`task set ${id ?? ""} of an earlier deployment is deleted`);
    await deleteTaskSet(session, taskSetArn);
  }
}

/**
 * Listeners that must forward to blue. In the first deployment the test listener may also forward to green: of AWS's
 * pages one wants that, another allows it (docs/unproven.md, 7).
 */
const listenersToCheck = ({ production, test }: ReturnType<typeof routeOf>, { externalId }: TaskSet) =>
  (externalId ?? "") === "" ? production : [...production, ...test];

/**
 * Begins a deployment: finds out which target group is green's, and checks that all traffic goes to blue.
 *
 * @throws DeploymentEnds if something that the deployment needs is missing or wrong.
 */
export async function begin(session: Session, deployment: Deployment): Promise<Begun> {
  const { info } = deployment;
  await checkRole(session, deployment);
  readAppSpec(deployment.appSpec);
  const service = await session.describeService();
  const primary = primaryOf(service);
  if (service.deploymentController?.type !== "CODE_DEPLOY" || primary?.taskSetArn === undefined)
    throw new DeploymentEnds(
      failure(
        "INVALID_ECS_SERVICE",
        "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller.",
      ),
    );
  const route = routeOf(deployment);
  const pair = pairFor(primary, await findGroups(session, route.groupNames));
  for (const listener of listenersToCheck(route, primary))
    checkListener(listener, await describeRules(session, listener), pair);
  await deleteLeftOver(session, pair, route.production);
  const now = nowInSeconds();
  session.say(`begins, ${info.deploymentConfigName}: green is ${pair.green.name}`);
  return {
    ...deployment,
    info: { ...info, status: "InProgress", startTime: now },
    target: {
      deploymentId: session.id,
      targetId: `${session.named.cluster}:${session.named.service}`,
      targetArn: service.serviceArn ?? "",
      lastUpdatedAt: now,
      status: "InProgress",
      lifecycleEvents: pendingEvents(route.test.length > 0),
      taskSetsInfo: [],
    },
    notes: {
      pair,
      blueTaskSet: primary.taskSetArn,
      hooks: {},
      deadlines: {},
      steps: 0,
      greenPercent: 0,
    },
  };
}
