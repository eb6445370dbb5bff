import type { ImageDetail } from "@aws-sdk/client-ecr";
import type { DeploymentInfo } from "@aws-sdk/client-codedeploy";
import type { DeliveryClients } from "../../aws/delivery-clients";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";
import { readDeployments } from "../read/deployments";
import { ownImage, readImage } from "../read/images";
import { historyOf } from "../release/history";
import { releaseOf } from "../release/targets";

/** Deployments of a group that are looked through for the image. */
const MAX_DEPLOYMENTS = 100;

/** An image that can be promoted. */
export interface Upstream {
  readonly digest: string;
  readonly image: ImageDetail;
  /** The release of it that succeeded and was not rolled back; undefined if none did. */
  readonly succeeded?: DeploymentInfo;
}

/**
 * The image to promote from an environment.
 *
 * @param wanted Its digest. @default - that of the last release that succeeded and was not rolled back
 * @param unproven Whether an image may be promoted that did not succeed there.
 * @throws Failure if there is no such release, or ECR does not have the image.
 */
export async function upstreamImage(
  { environment: clients }: DeliveryClients,
  delivery: Delivery,
  wanted: string | undefined,
  unproven: boolean,
): Promise<Upstream> {
  const place = `${delivery.service.name} ${delivery.environment.name}`;
  const { good } = historyOf(await readDeployments(clients, delivery, MAX_DEPLOYMENTS));
  for (const deployment of good) {
    const release = await releaseOf({ clients, delivery, place }, deployment);
    const own = release && ownImage(delivery, release.image);
    if (!own || (wanted !== undefined && "imageDigest" in own && own.imageDigest !== wanted)) continue;
    const image = await readImage(clients, delivery, own);
    const digest = image?.imageDigest;
    if (wanted === undefined && digest === undefined)
      throw new Failure(
        `${place}: ECR no longer has the image ${release.image} of ${deployment.deploymentId ?? ""}`,
      );
    if (image && digest !== undefined && (wanted ?? digest) === digest)
      return { digest, image, succeeded: deployment };
  }
  if (wanted === undefined)
    throw new Failure(
      `${place}: no release has succeeded, so there is nothing to promote`,
      `to see why: npx codeseries why ${place}`,
    );
  const image = await readImage(clients, delivery, { imageDigest: wanted });
  if (!image)
    throw new Failure(
      `${place}: ECR does not have the image ${wanted} in ${delivery.names.containerRepository}`,
    );
  if (!unproven)
    throw new Failure(
      `${place}: no release of ${wanted} has succeeded there and was not rolled back`,
      "to promote it all the same, give a reason, which the deployment keeps: --reason <text>",
    );
  return { digest: wanted, image };
}
