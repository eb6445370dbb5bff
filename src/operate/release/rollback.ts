import { StopDeploymentCommand, type DeploymentInfo } from "@aws-sdk/client-codedeploy";
import type { DeliveryClients } from "../../aws/delivery-clients";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";
import { isRollback, readDeployments } from "../read/deployments";
import { ownImage, readImage } from "../read/images";
import { createDeployment } from "./deploy";
import { historyOf, isWayBack, rollbackDescription } from "./history";
import { preflightFaults } from "./preflight";
import { refuseAlarms } from "./refuse-alarms";
import { lastGood, namedRelease, runningTaskDefinition } from "./targets";

/** Deployments of a group that are looked through for one to go back to. */
const MAX_DEPLOYMENTS = 100;

/** What `rollback` does. */
export type Rollback =
  | { readonly kind: "stop"; readonly deployment: string }
  | { readonly kind: "none"; readonly text: string }
  | {
      readonly kind: "deploy";
      readonly to: string;
      readonly content: string;
      readonly description: string;
      readonly taskDefinition: string;
      readonly ignoreAlarms: boolean;
    };

export interface RollbackOptions {
  /**
   * The id of a deployment, or at least seven characters of a digest. @default - the last release that succeeded
   * and was not rolled back, before the one that runs
   */
  readonly to?: string;
  /** The deployment group's alarms do not stop the way back. */
  readonly ignoreAlarms?: boolean;
  /** A way back that is in flight is stopped, too. */
  readonly stop?: boolean;
}

/**
 * Decides how a delivery goes back. Nothing is changed.
 *
 * @throws Failure if there is nothing to go back to, it would not run on the infrastructure as it is now, or an
 * alarm would stop it; InputError if `to` names no release.
 */
export async function planRollback(
  { environment: clients }: DeliveryClients,
  delivery: Delivery,
  { ignoreAlarms = false, stop = false, to }: RollbackOptions = {},
): Promise<Rollback> {
  const place = `${delivery.service.name} ${delivery.environment.name}`;
  const context = { clients, delivery, place };
  const history = historyOf(await readDeployments(clients, delivery, MAX_DEPLOYMENTS));
  const { inFlight, newest } = history;
  if (!newest) {
    await runningTaskDefinition(context);
    throw new Failure(`${place}: nothing has been released, so there is nothing to go back to`);
  }
  if (inFlight) return stopOf(inFlight, place, to, stop);
  const [running, target] = await Promise.all([
    runningTaskDefinition(context),
    to === undefined ? lastGood(context, history) : namedRelease(context, history, to),
  ]);
  if (target === undefined)
    throw new Failure(
      `${place}: no other release before ${newest.deploymentId ?? ""} succeeded`,
      `to release an image: npx codeseries release ${place} --digest <digest>`,
    );
  const { deploymentId: id = "" } = target.deployment;
  const { image: used, revision, taskDefinition } = target;
  if (running === revision.taskDefinition)
    return {
      kind: "none",
      text: `${place}: the version of ${id} runs already; to go further back: --to <deployment or digest>`,
    };
  const own = ownImage(delivery, used);
  const image = own && (await readImage(clients, delivery, own));
  const faults = preflightFaults(delivery, { image, revision, taskDefinition });
  if (faults.length > 0)
    throw new Failure(
      `${place}: the version of ${id} would not run:\n${faults.map((one) => `  ${one}`).join("\n")}`,
    );
  if (!ignoreAlarms) await refuseAlarms(clients, delivery);
  return {
    kind: "deploy",
    to: id,
    taskDefinition: revision.taskDefinition,
    content: revision.with(revision.taskDefinition),
    description: rollbackDescription(newest.deploymentId ?? "", id),
    ignoreAlarms,
  };
}

function stopOf(inFlight: DeploymentInfo, place: string, to: string | undefined, stop: boolean): Rollback {
  const { deploymentId: deployment = "" } = inFlight;
  const waiting = `to wait for its end: npx codeseries wait ${place} --deployment ${deployment}`;
  if (isRollback(inFlight))
    throw new Failure(`${place}: ${deployment} is CodeDeploy's rollback, and in flight`, waiting);
  if (isWayBack(inFlight) && !stop)
    throw new Failure(
      `${place}: ${deployment} is a rollback already, and in flight`,
      `${waiting}; to stop it: --stop`,
    );
  if (to !== undefined)
    throw new Failure(
      `${place}: ${deployment} is in flight; expected no --to, because a deployment in flight goes back to the version before it`,
      `to stop it first: npx codeseries rollback ${place}`,
    );
  return { kind: "stop", deployment };
}

/**
 * Carries a rollback out, and returns the id of the deployment to follow.
 *
 * @throws Failure if the deployment that is to be stopped has ended.
 */
export async function carryOut(
  { environment: clients }: DeliveryClients,
  delivery: Delivery,
  rollback: Exclude<Rollback, { kind: "none" }>,
): Promise<string> {
  if (rollback.kind === "deploy") return createDeployment(clients, delivery, rollback);
  const { deployment: deploymentId } = rollback;
  await clients.codedeploy
    .send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }))
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== "DeploymentAlreadyCompletedException") throw error;
      throw new Failure(`${deploymentId} has ended in the meantime`, "run the command again");
    });
  return deploymentId;
}
