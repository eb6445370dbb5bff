import { regionalArn } from "../../../system/arns";
import { emit } from "../../reconcile/event";
import type { Deployment } from "./model/document";
import type { Session } from "./session";

/** AWS's name of the state of a deployment that has a status. */
const STATES: Readonly<Partial<Record<Deployment["info"]["status"], string>>> = {
  InProgress: "START",
  Ready: "READY",
  Succeeded: "SUCCESS",
  Failed: "FAILURE",
  Stopped: "STOP",
};

/**
 * Tells EventBridge that the status of a deployment has changed. An error is told, and changes nothing.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html
 */
export async function notify(session: Session, { info, group }: Deployment): Promise<void> {
  const { applicationName: application, deploymentGroupName: deploymentGroup } = info;
  const { embedded, id, place } = session;
  const detail = {
    instanceGroupId: group.deploymentGroupId,
    region: place.region,
    application,
    deploymentId: id,
    state: STATES[info.status],
    deploymentGroup,
  };
  session.say(info.status);
  await emit(embedded, place, {
    source: "aws.codedeploy",
    type: "CodeDeploy Deployment State-change Notification",
    resources: [
      regionalArn(place, "codedeploy", `application:${application}`),
      regionalArn(place, "codedeploy", `deploymentgroup:${application}/${deploymentGroup}`),
    ],
    detail,
  });
}
