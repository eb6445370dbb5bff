import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { DescribeImagesCommand, type ImageDetail } from "@aws-sdk/client-ecr";
import type { EnvironmentClients } from "../../aws/delivery-clients";
import { registryHost } from "../../system/arns";
import type { Delivery } from "../../system/system";
import { ifPresent } from "./if-present";

/** `<registry>/<repository>` of a delivery's images, without tag and digest. */
export const imageNameOf = ({ account, names, region }: Delivery) =>
  `${registryHost({ accountId: account.id, region })}/${names.containerRepository}`;

/** The digest in an image's name; undefined if it names a tag, or another repository. */
export function digestIn(delivery: Delivery, image: string): string | undefined {
  const [name, digest] = image.split("@");
  return name === imageNameOf(delivery) ? digest : undefined;
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
  imageDigest: string,
): Promise<ImageDetail | undefined> {
  const { containerRepository: repositoryName } = names;
  const found = await ifPresent(
    ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest }] })),
  );
  return found?.imageDetails?.[0];
}

/** The first eight characters of the commit that an image was built from, as the generated buildspec tags it. */
export const commitIn = ({ imageTags = [] }: ImageDetail) =>
  imageTags.map((tag) => /^([0-9a-f]{8})-\d+$/.exec(tag)?.[1]).find(Boolean);
