import type { Service, TaskSet } from "@aws-sdk/client-ecs";
import type { NamedGroup, Pair } from "./document";
import { DeploymentEnds, failure } from "./ending";

/** The task set that serves production. */
export const primaryOf = ({ taskSets = [] }: Service) => taskSets.find(({ status }) => status === "PRIMARY");

/** The task set that a deployment has created. Its external id is the deployment's id. */
export const createdBy = ({ taskSets = [] }: Service, deploymentId: string) =>
  taskSets.find(({ externalId }) => externalId === deploymentId);

const groupsOf = ({ loadBalancers = [] }: TaskSet) =>
  loadBalancers.map(({ targetGroupArn }) => targetGroupArn);

/**
 * Which target group is blue's, and which green's: green gets the one that the PRIMARY task set does not use.
 *
 * @throws DeploymentEnds if the PRIMARY task set uses neither.
 */
export function pairFor(primary: TaskSet, groups: readonly NamedGroup[]): Pair {
  const used = groupsOf(primary);
  const blue = groups.find(({ arn }) => used.includes(arn));
  const green = groups.find(({ arn }) => !used.includes(arn));
  if (!blue || !green)
    throw new DeploymentEnds(
      failure(
        "INVALID_ECS_SERVICE",
        "The target ECS service must be configured using one of those two target groups.",
      ),
    );
  return { blue, green };
}

/** Task sets that earlier deployments have left: all but the PRIMARY one and the deployment's own. */
export const leftOver = ({ taskSets = [] }: Service, deploymentId: string) =>
  taskSets.filter(({ externalId, status }) => status === "ACTIVE" && externalId !== deploymentId);

/**
 * Checks that a task set can be deleted.
 *
 * @throws DeploymentEnds if it may serve production, because it uses blue's target group.
 */
export function checkLeftOver(taskSet: TaskSet, { blue }: Pair, [listenerArn = ""]: readonly string[]): void {
  if (!groupsOf(taskSet).includes(blue.arn)) return;
  const id = `<${taskSet.id ?? ""}>`;
  throw new DeploymentEnds(
    failure(
      "ECS_UPDATE_ERROR",
      `TaskSet ${id} is behind prod listener ${listenerArn}. Verify that the TaskSet ${id} is still serving ` +
        "production traffic and update the listener rule if required.",
    ),
  );
}

/** Whether all tasks of a task set run and answer their health checks. */
export function isSteady(taskSet: TaskSet | undefined, healthyTargets: number): boolean {
  if (!taskSet) return false;
  const { computedDesiredCount = 0, pendingCount = 0, runningCount = 0 } = taskSet;
  return pendingCount === 0 && runningCount >= computedDesiredCount && healthyTargets >= computedDesiredCount;
}
