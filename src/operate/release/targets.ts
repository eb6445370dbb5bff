import type { DeploymentInfo } from "@aws-sdk/client-codedeploy";
import { DescribeServicesCommand } from "@aws-sdk/client-ecs";
import type { EnvironmentClients } from "../../aws/delivery-clients";
import { Failure, InputError } from "../../errors";
import type { Delivery } from "../../system/system";
import { primaryOf } from "../read/delivery";
import { ifPresent } from "../read/if-present";
import { imageOf } from "../read/images";
import { readTaskDefinition } from "./deploy";
import type { History } from "./history";
import { readRevision } from "./revision";

/** Of what a release is looked for. */
export interface Context {
  readonly clients: EnvironmentClients;
  readonly delivery: Delivery;
  /** Such as `orders prd`. */
  readonly place: string;
}

/** What a release that succeeded deployed. */
async function read({ clients, delivery }: Context, deployment: DeploymentInfo) {
  const revision = await readRevision(clients, delivery, deployment);
  const { taskDefinition } = await readTaskDefinition(clients, revision.taskDefinition);
  const image = imageOf(delivery, taskDefinition);
  return { deployment, revision, taskDefinition, image };
}

export type Release = Awaited<ReturnType<typeof read>>;

/** What a release deployed; undefined if its task definition was deleted. */
export const releaseOf = (context: Context, deployment: DeploymentInfo) =>
  read(context, deployment).catch((error: unknown) => {
    if (error instanceof Failure) return undefined;
    throw error;
  });

/** ARN of the task definition of the PRIMARY task set. @throws Failure if there is no ECS service. */
export async function runningTaskDefinition({ clients, delivery, place }: Context): Promise<string> {
  const { cluster, service } = delivery.names;
  const found = await ifPresent(
    clients.ecs.send(new DescribeServicesCommand({ cluster, services: [service] })),
  );
  const running = primaryOf(found?.services?.[0])?.taskDefinition;
  if (running === undefined)
    throw new Failure(
      `${place}: account ${delivery.account.id} has no ECS service ${service} in ${delivery.region}`,
      "deploy the stacks first, or change the region of the configuration",
    );
  return running;
}

/**
 * After a failure the release that should run; else the one before it with another image: a version that was
 * released twice is no way back.
 */
export async function lastGood(
  context: Context,
  { good, newestIsRelease }: History,
): Promise<Release | undefined> {
  const [newest, ...before] = good;
  if (newest === undefined) return undefined;
  const current = await read(context, newest);
  if (!newestIsRelease) return current;
  for (const one of before) {
    const release = await read(context, one);
    if (release.image !== current.image) return release;
  }
  return undefined;
}

const DIGEST = /^(sha256:)?([0-9a-f]{7,64})$/;

/** @throws InputError if no release that succeeded and was not rolled back has that id or digest. */
export async function namedRelease(context: Context, { good }: History, to: string): Promise<Release> {
  const { place } = context;
  const named = good.find(({ deploymentId }) => deploymentId === to);
  if (named) return read(context, named);
  const [, , digest] = DIGEST.exec(to) ?? [];
  if (digest === undefined)
    throw new InputError(
      `--to: expected the id of a deployment of ${place} that succeeded and was not rolled back, or at least 7 characters of a digest, got "${to}"`,
      `these deployments did: ${good.map(({ deploymentId = "" }) => deploymentId).join(", ") || "none"}`,
    );
  for (const one of good) {
    const release = await releaseOf(context, one);
    if (release?.image.includes(`@sha256:${digest}`)) return release;
  }
  throw new InputError(
    `--to: no release of ${place} that succeeded and was not rolled back has the image ${to}`,
    `to release an image of ECR: npx codeseries release ${place} --digest <digest>`,
  );
}
