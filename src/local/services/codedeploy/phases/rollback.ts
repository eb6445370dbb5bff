import { nowInSeconds, noted, type Begun, type Deployment, type Notes } from "../model/document";
import { DeploymentEnds, serviceError } from "../model/ending";
import { createdBy } from "../model/groups";
import { marked, pendingEvents } from "../model/lifecycle";
import { withTaskSets } from "../model/task-set";
import { shiftTraffic } from "../listeners";
import { routeOf, type Session } from "../session";
import { deleteTaskSet, makePrimary } from "../task-sets";

/** Begins a rollback. It has nothing to do but to allow blue the traffic. */
export async function beginRollback(
  session: Session,
  deployment: Deployment,
  rollsBack: Notes,
): Promise<Begun> {
  const service = await session.describeService();
  const now = nowInSeconds();
  const events = pendingEvents(routeOf(deployment).test.length > 0);
  return {
    ...deployment,
    info: { ...deployment.info, status: "InProgress", startTime: now },
    target: {
      deploymentId: session.id,
      targetId: `${session.named.cluster}:${session.named.service}`,
      targetArn: service.serviceArn ?? "",
      lastUpdatedAt: now,
      status: "InProgress",
      lifecycleEvents: events.map((event) =>
        event.lifecycleEventName === "AllowTraffic"
          ? { ...event, status: "InProgress", startTime: now }
          : { ...event, status: "Skipped" },
      ),
      taskSetsInfo: [],
    },
    notes: { ...rollsBack, deadlines: {}, hooks: {} },
  };
}

/**
 * Sends the traffic back to blue, makes it PRIMARY again, and deletes green: in this order, so that no request is
 * lost.
 *
 * @throws DeploymentEnds if blue is gone; then no traffic is moved.
 */
export async function rollBack(session: Session, deployment: Begun): Promise<Begun> {
  const { blueTaskSet, pair } = deployment.notes;
  const bad = deployment.info.rollbackInfo?.rollbackTriggeringDeploymentId ?? "";
  const service = await session.describeService();
  if (!service.taskSets?.some(({ taskSetArn }) => taskSetArn === blueTaskSet))
    throw new DeploymentEnds(serviceError(`The original task set ${blueTaskSet} does not exist`));
  const { production, test } = routeOf(deployment);
  await shiftTraffic(session, [...production, ...test], pair, 0);
  session.say(`rolls back ${bad}: 100 % to blue`);
  await makePrimary(session, service, blueTaskSet);
  await deleteTaskSet(session, createdBy(service, bad)?.taskSetArn);
  session.say("blue is PRIMARY, green is deleted");
  const back = noted(deployment, { greenPercent: 0 });
  const shown = withTaskSets(back, await session.describeService());
  return { ...shown, target: marked(shown.target, "AllowTraffic", "Succeeded", nowInSeconds()) };
}
