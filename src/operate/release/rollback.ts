import { StopDeploymentCommand, type DeploymentInfo } from "@aws-sdk/client-codedeploy";
import { DescribeServicesCommand } from "@aws-sdk/client-ecs";
import type { DeliveryClients, EnvironmentClients } from "../../aws/delivery-clients";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";
import { readDeployments } from "../read/deployments";
import { ifPresent } from "../read/if-present";
import { digestIn, imageOf, readImage } from "../read/images";
import { primaryOf } from "../read/delivery";
import { createDeployment, readTaskDefinition } from "./deploy";
import { historyOf, isWayBack, rollbackDescription, type History } from "./history";
import { preflightFaults } from "./preflight";
import { readRevision } from "./revision";

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
    };

/** A release that succeeded, with the task definition and the image of it. */
async function read(clients: EnvironmentClients, delivery: Delivery, deployment: DeploymentInfo) {
  const revision = await readRevision(clients, delivery, deployment);
  const { taskDefinition } = await readTaskDefinition(clients, revision.taskDefinition);
  return { revision, taskDefinition, digest: digestIn(delivery, imageOf(delivery, taskDefinition)) };
}

async function runningTaskDefinition({ ecs }: EnvironmentClients, { names }: Delivery) {
  const { cluster, service } = names;
  const found = await ifPresent(ecs.send(new DescribeServicesCommand({ cluster, services: [service] })));
  return primaryOf(found?.services?.[0])?.taskDefinition;
}

/**
 * Decides how a delivery goes back. Nothing is changed.
 *
 * @param to A digest or the beginning of one, or the id of a deployment. @default - the last release that
 * succeeded and was not rolled back, before the one that runs
 * @throws Failure if there is nothing to go back to, or it would not run on the infrastructure as it is now.
 */
export async function planRollback(
  { environment: clients }: DeliveryClients,
  delivery: Delivery,
  to?: string,
): Promise<Rollback> {
  const history = historyOf(await readDeployments(clients, delivery, MAX_DEPLOYMENTS));
  const { inFlight, newest } = history;
  const place = `${delivery.service.name} ${delivery.environment.name}`;
  if (!newest) throw new Failure(`${place}: nothing has been released, so there is nothing to go back to`);
  if (inFlight) return stopOf(inFlight, place, to);
  const target = to === undefined ? lastGood(history) : await chosen(clients, delivery, history, to);
  if (target === undefined)
    throw new Failure(
      `${place}: no release before ${newest.deploymentId ?? ""} succeeded`,
      `to release an image: npx codeseries release ${place} --digest <digest>`,
    );
  const id = target.deploymentId ?? "";
  const { digest, revision, taskDefinition } = await read(clients, delivery, target);
  if (
    !history.newestIsRelease &&
    (await runningTaskDefinition(clients, delivery)) === revision.taskDefinition
  )
    return {
      kind: "none",
      text: `${place}: the version of ${id} runs already, because ${newest.deploymentId ?? ""} ${newest.status === "Succeeded" ? "went back to it" : `ended as ${newest.status ?? ""}`}; to go further back: --to <deployment or digest>`,
    };
  const image = digest === undefined ? undefined : await readImage(clients, delivery, digest);
  const faults = preflightFaults(delivery, { image, revision, taskDefinition });
  if (faults.length > 0)
    throw new Failure(
      `${place}: the version of ${id} would not run:\n${faults.map((one) => `  ${one}`).join("\n")}`,
    );
  return {
    kind: "deploy",
    to: id,
    taskDefinition: revision.taskDefinition,
    content: revision.with(revision.taskDefinition),
    description: rollbackDescription(newest.deploymentId ?? "", id),
  };
}

function stopOf(inFlight: DeploymentInfo, place: string, to: string | undefined): Rollback {
  const { deploymentId: deployment = "" } = inFlight;
  if (isWayBack(inFlight))
    throw new Failure(
      `${place}: ${deployment} is a rollback, and in flight`,
      `to wait for its end: npx codeseries wait ${place}`,
    );
  if (to !== undefined)
    throw new Failure(
      `${place}: ${deployment} is in flight; expected no --to, because a deployment in flight goes back to the version before it`,
      `to stop it first: npx codeseries rollback ${place}`,
    );
  return { kind: "stop", deployment };
}

/** The release before the one that runs; after a failure the one that should run. */
const lastGood = ({ good, newestIsRelease }: History) => (newestIsRelease ? good[1] : good[0]);

async function chosen(
  clients: EnvironmentClients,
  delivery: Delivery,
  { good }: History,
  to: string,
): Promise<DeploymentInfo | undefined> {
  const named = good.find(({ deploymentId }) => deploymentId === to);
  if (named) return named;
  const place = `${delivery.service.name} ${delivery.environment.name}`;
  if (to.startsWith("d-"))
    throw new Failure(
      `--to: expected a release of ${place} that succeeded and was not rolled back, got "${to}"`,
      `these did: ${good.map(({ deploymentId = "" }) => deploymentId).join(", ") || "none"}`,
    );
  for (const one of good) {
    const { digest = "" } = await read(clients, delivery, one);
    if (digest.startsWith(to) || digest.startsWith(`sha256:${to}`)) return one;
  }
  throw new Failure(
    `--to: no release of ${place} that succeeded and was not rolled back has the image ${to}`,
    `to release an image of ECR: npx codeseries release ${place} --digest <digest>`,
  );
}

/** Carries a rollback out, and returns the id of the deployment to follow. */
export async function carryOut(
  { environment: clients }: DeliveryClients,
  delivery: Delivery,
  rollback: Exclude<Rollback, { kind: "none" }>,
): Promise<string> {
  if (rollback.kind === "deploy") return createDeployment(clients, delivery, rollback);
  const { deployment: deploymentId } = rollback;
  await clients.codedeploy.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }));
  return deploymentId;
}
