import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { DescribeImagesCommand, type ImageDetail } from "@aws-sdk/client-ecr";
import type { EnvironmentClients } from "../../aws/delivery-clients";
import { registryHost } from "../../system/arns";
import type { Delivery } from "../../system/system";
import { ifPresent } from "./if-present";

/** `<registry>/<repository>` of a delivery's images, without tag and digest. */
const imageNameOf = ({ account, names, region }: Delivery) =>
  `${registryHost({ accountId: account.id, region })}/${names.containerRepository}`;

/** The image of a digest in that repository. */
export const imageWith = (delivery: Delivery, digest: string) => `${imageNameOf(delivery)}@${digest}`;

/** An image of a delivery's repository, by its digest or else its tag. */
export type OwnImage = { readonly imageDigest: string } | { readonly imageTag: string };

/** What names an image of the delivery's repository; undefined for an image of another repository. */
export function ownImage(delivery: Delivery, image: string): OwnImage | undefined {
  const [named = "", imageDigest] = image.split("@");
  const [, name, imageTag = "latest"] = /^(.*?)(?::([^:/]+))?$/.exec(named) ?? [];
  if (name !== imageNameOf(delivery)) return undefined;
  return imageDigest === undefined ? { imageTag } : { imageDigest };
}

/** The image of the service's container in a task definition. */
export const imageOf = (
  { service }: Delivery,
  { containerDefinitions = [] }: Pick<TaskDefinition, "containerDefinitions">,
) => containerDefinitions.find(({ name }) => name === service.name)?.image ?? "";

/** An image of a delivery's repository; undefined if ECR no longer has it. */
export async function readImage(
  { ecr }: EnvironmentClients,
  { names }: Delivery,
  image: OwnImage,
): Promise<ImageDetail | undefined> {
  const { containerRepository: repositoryName } = names;
  const found = await ifPresent(ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [image] })));
  return found?.imageDetails?.[0];
}

/** `<commit>-<build number>`, or that of a promoted image. */
const TAG = /^(?:([0-9a-f]{8})-\d+|promoted-([0-9a-f]{8})-[0-9a-f]{12})$/;

/** The first eight characters of the commit that an image was built from, as the generated buildspec tags it. */
export const commitIn = ({ imageTags = [] }: ImageDetail) =>
  imageTags.map((tag) => TAG.exec(tag)?.slice(1).find(Boolean)).find(Boolean);

const SHORT_DIGEST = 12;

/**
 * The tag of an image that was copied from another environment: `promoted-<commit>-<digest>`, each shortened. The
 * source's own tag can belong to another image here, and ECR soon removes an image without a tag.
 */
export function promotedTag(digest: string, commit: string | undefined): string {
  const short = digest.replace("sha256:", "").slice(0, SHORT_DIGEST);
  return ["promoted", ...(commit === undefined ? [] : [commit]), short].join("-");
}
