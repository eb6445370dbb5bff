import { createHash } from "node:crypto";

/** Replaces `<name>` by the URI of an image, for each image of the configuration. */
export const fillImages = (taskDefinition: string, images: ReadonlyMap<string, string>) =>
  [...images].reduce((text, [name, uri]) => text.replaceAll(`<${name}>`, uri), taskDefinition);

/** The AppSpec file with the ARN of the task definition, in quotation marks whether the template has them or not. */
export const fillTaskDefinition = (appSpec: string, taskDefinitionArn: string) =>
  appSpec.replaceAll(/(["']?)<TASK_DEFINITION>\1/g, `"${taskDefinitionArn}"`);

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** The images that an action configures, by the names of their placeholders: which artifact has each image's URI. */
export function configuredImages(configuration: Readonly<Record<string, string>>): Map<string, string> {
  const images = new Map<string, string>();
  for (const number of [1, 2, 3, 4]) {
    const artifact = configuration[`Image${number}ArtifactName`];
    const name = configuration[`Image${number}ContainerName`];
    if (artifact !== undefined && name !== undefined) images.set(name, artifact);
  }
  return images;
}

/** Whether two task definitions run the same images: what was registered, and what is to be. */
export function sameImages(one: Containers, other: Containers): boolean {
  const images = ({ containerDefinitions = [] }: Containers) =>
    containerDefinitions.map(({ name, image }) => `${name ?? ""}=${image ?? ""}`).sort();
  return images(one).join("\n") === images(other).join("\n");
}

interface Containers {
  readonly containerDefinitions?: readonly { readonly name?: string; readonly image?: string }[];
}
