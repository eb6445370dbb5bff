import type { ImageDetail } from "@aws-sdk/client-ecr";
import type { DeliveryClients } from "../../aws/delivery-clients";
import { appSpecFile } from "../../delivery/app-spec";
import { IMAGE_PLACEHOLDER, taskDefinition } from "../../delivery/task-definition";
import { Failure } from "../../errors";
import { appSpecOf, taskDefinitionOf } from "../../stacks/delivered";
import type { Delivery } from "../../system/system";
import { isInFlight, readDeployments } from "../read/deployments";
import { imageOf, imageWith, ownImage, readImage } from "../read/images";
import { createDeployment, readTaskDefinition, registerTaskDefinition, withImage } from "./deploy";
import { historyOf } from "./history";
import { preflightFaults } from "./preflight";
import { refuseAlarms } from "./refuse-alarms";
import { readRevision, revisionIn } from "./revision";
import { runningTaskDefinition } from "./targets";

export interface ReleaseOptions {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  readonly ignoreAlarms?: boolean;
  /** Why, in the deployment's description. */
  readonly reason: string;
  /** What ECR has, or will have before the release begins. @default - what it has of that digest */
  readonly image?: ImageDetail;
}

/** A release that would run. */
export interface PreparedRelease {
  /** Registers the task definition, and starts the deployment. @returns its id and the task definition's ARN */
  readonly start: () => Promise<{ deployment: string; taskDefinition: string }>;
}

/**
 * Prepares the release of an image without a build: the task definition that runs, with this image. Before the first
 * release it is the configured one. Nothing is changed before `start`.
 *
 * @throws Failure if the image or the service is not there, a deployment is in flight, or the version would not run.
 */
export async function prepareRelease(
  { environment: clients }: DeliveryClients,
  delivery: Delivery,
  { digest, ignoreAlarms, image: given, reason }: ReleaseOptions,
): Promise<PreparedRelease> {
  const { service } = delivery;
  const place = `${service.name} ${delivery.environment.name}`;
  const [running, image, deployments] = await Promise.all([
    runningTaskDefinition({ clients, delivery, place }),
    given ?? readImage(clients, delivery, { imageDigest: digest }),
    readDeployments(clients, delivery),
  ]);
  const inFlight = deployments.find(isInFlight);
  if (inFlight)
    throw new Failure(
      `${place}: ${inFlight.deploymentId ?? ""} is in flight: CodeDeploy deploys one at a time`,
      `to wait for its end: npx codeseries wait ${place} --deployment ${inFlight.deploymentId ?? ""}; to stop it: npx codeseries rollback ${place}`,
    );
  const { tags, taskDefinition: current } = await readTaskDefinition(clients, running);
  const released = ownImage(delivery, imageOf(delivery, current)) !== undefined;
  const configured = taskDefinition(taskDefinitionOf(delivery));
  const input = withImage(
    delivery,
    released ? current : configuredWith(configured),
    imageWith(delivery, digest),
  );
  const [last] = released ? historyOf(deployments).good : [];
  const revision = last
    ? await readRevision(clients, delivery, last)
    : revisionIn(appSpecFile(appSpecOf(delivery)), "the configured AppSpec");
  const faults = preflightFaults(delivery, {
    image,
    revision,
    taskDefinition: { ...input, status: "ACTIVE" },
  });
  if (faults.length > 0)
    throw new Failure(`${place}: ${digest} would not run:\n${faults.map((one) => `  ${one}`).join("\n")}`);
  if (ignoreAlarms !== true) await refuseAlarms(clients, delivery);
  return {
    start: async () => {
      const registered = await registerTaskDefinition(clients, {
        ...input,
        ...(tags.length > 0 && { tags }),
      });
      const deployment = await createDeployment(clients, delivery, {
        content: revision.with(registered),
        description: reason,
        ignoreAlarms,
      });
      return { deployment, taskDefinition: registered };
    },
  };
}

/** The configured task definition as ECS would describe it. */
const configuredWith = (of: ReturnType<typeof taskDefinition>) =>
  JSON.parse(JSON.stringify(of).replaceAll(JSON.stringify(IMAGE_PLACEHOLDER), '""')) as Parameters<
    typeof withImage
  >[1];
