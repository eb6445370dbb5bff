import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { readAppSpec } from "../model/app-spec";
import { noted, withDeadline, type Begun } from "../model/document";
import { DeploymentEnds, INSTALL_MINUTES, installTimeout } from "../model/ending";
import { createdBy, isSteady, primaryOf } from "../model/groups";
import { greenTaskSet, withTaskSets } from "../model/task-set";
import { shiftTraffic } from "../listeners";
import { routeOf, type Session } from "../session";
import { createTaskSet } from "../task-sets";

/** ECS knows the health of its tasks by itself: the role of the deployment group has no right to ask for it. */
async function healthyTargets({ embedded, place }: Session, TargetGroupArn: string): Promise<number> {
  const elb = embedded.clients.asService(ElasticLoadBalancingV2Client, place);
  const answer = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  const targets = answer.TargetHealthDescriptions ?? [];
  return targets.filter(({ TargetHealth }) => TargetHealth?.State === "healthy").length;
}

/**
 * One look at the event Install: creates green's task set, then waits until all its tasks run and are healthy.
 *
 * @returns the deployment as it is now; "installed" when green is steady.
 * @throws DeploymentEnds after an hour, or if ECS refuses the task set.
 */
export async function install(session: Session, deployment: Begun): Promise<Begun | "installed"> {
  const { deadlines, greenTaskSet: noticed, pair } = deployment.notes;
  const service = await session.describeService();
  const created = createdBy(service, session.id);
  if (noticed === undefined) {
    // It exists already if the controller was killed before it could note it.
    const { properties } = readAppSpec(deployment.appSpec);
    // The load balancer checks the health of targets only if a listener names their group.
    const { production, test } = routeOf(deployment);
    if (!created) await shiftTraffic(session, [...production, ...test], pair, 0);
    const input = greenTaskSet(session.id, properties, primaryOf(service), pair.green.arn);
    const { id, taskSetArn } = created ?? (await createTaskSet(session, input));
    const told = session.embedded.time.told(INSTALL_MINUTES * 60);
    session.say(`task set ${id ?? ""} becomes healthy within ${told}, or the deployment fails`);
    const limit = session.embedded.time.scaled(INSTALL_MINUTES * 60);
    return withDeadline(noted(deployment, { greenTaskSet: taskSetArn ?? "" }), "Install", limit);
  }
  if (isSteady(created, await healthyTargets(session, pair.green.arn))) return "installed";
  if (Date.now() > (deadlines.Install ?? 0)) throw new DeploymentEnds(installTimeout);
  return withTaskSets(deployment, service);
}
