import { noted, nowInSeconds, withDeadline, type Begun } from "../model/document";
import { DeploymentEnds, overviewOf, readyTimeout } from "../model/ending";
import { withTaskSets } from "../model/task-set";
import type { Session } from "../session";
import { deleteTaskSet } from "../task-sets";

/**
 * Waits with the production traffic until ContinueDeployment.
 *
 * @throws DeploymentEnds after the time of the group.
 */
export function waitUntilContinued(session: Session, deployment: Begun): Begun {
  const { time } = session.embedded;
  const { info, notes, target } = deployment;
  const minutes = info.blueGreenDeploymentConfiguration?.deploymentReadyOption?.waitTimeInMinutes ?? 0;
  if (info.status === "Ready") {
    if (Date.now() > (notes.deadlines.Ready ?? 0)) throw new DeploymentEnds(readyTimeout(minutes));
    return deployment;
  }
  session.say(`is ready, and waits for ContinueDeployment, at most ${time.told(minutes * 60)}`);
  const ready: Begun = {
    ...deployment,
    info: { ...info, status: "Ready" },
    target: { ...target, status: "Ready" },
  };
  return withDeadline(ready, "Ready", time.scaled(minutes * 60));
}

/** One look at the end of blue: its wait, then its task set's deletion. */
export async function endBlue(session: Session, deployment: Begun): Promise<Begun> {
  const { info, notes, requests } = deployment;
  const options = info.blueGreenDeploymentConfiguration?.terminateBlueInstancesOnDeploymentSuccess;
  const seconds = (options?.terminationWaitTimeInMinutes ?? 0) * 60;
  const { time } = session.embedded;
  if (!info.instanceTerminationWaitTimeStarted) {
    session.say(`blue ends after ${time.told(seconds)}`);
    const waiting = { ...deployment, info: { ...info, instanceTerminationWaitTimeStarted: true } };
    return withDeadline(waiting, "Terminate", time.scaled(seconds));
  }
  const isOver =
    Date.now() >= (notes.deadlines.Terminate ?? 0) || requests.continued.includes("TERMINATION_WAIT");
  if (!isOver) return deployment;
  // Noted before, so that nobody rolls back to a task set that is about to be deleted.
  if (notes.blueEnds !== true) return noted(deployment, { blueEnds: true });
  await deleteTaskSet(session, notes.blueTaskSet);
  session.say("blue is deleted");
  return succeed(session, deployment);
}

/** Ends a deployment whose work is done. */
export async function succeed(session: Session, deployment: Begun): Promise<Begun> {
  const now = nowInSeconds();
  const shown = withTaskSets(deployment, await session.describeService());
  return {
    ...shown,
    info: {
      ...shown.info,
      status: "Succeeded",
      completeTime: now,
      deploymentOverview: overviewOf("Succeeded"),
    },
    target: { ...shown.target, status: "Succeeded", lastUpdatedAt: now },
  };
}
