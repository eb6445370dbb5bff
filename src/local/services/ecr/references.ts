import { RegistryError } from "./registry-error";
import type { Request } from "./request";

interface Descriptor {
  readonly digest: string;
}

interface Content {
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  /** Of an index: the images of several platforms. */
  readonly manifests?: readonly Descriptor[];
}

function parse(text: string): Content {
  try {
    return JSON.parse(text) as Content;
  } catch {
    throw new RegistryError(400, "MANIFEST_INVALID", "the manifest is no JSON");
  }
}

/** @throws RegistryError if a repository lacks a layer or an image that a manifest names. */
export async function checkReferences(own: Request, text: string): Promise<void> {
  const { blobs, images, repository, token } = own;
  const { config, layers = [], manifests = [] } = parse(text);
  for (const { digest } of config ? [config, ...layers] : layers)
    if (blobs.size(repository, digest) === undefined)
      throw new RegistryError(
        400,
        "MANIFEST_BLOB_UNKNOWN",
        `Layers with digests '[${digest}]' required for pushing image into repository with name '${repository.name}' in the registry with id '${repository.account}' do not exist`,
      );
  for (const { digest } of manifests)
    await images.read(token, repository, digest).catch(() => {
      throw new RegistryError(
        400,
        "MANIFEST_UNKNOWN",
        `Images with digests '[${digest}]' required for pushing image into repository with name '${repository.name}' in the registry with id '${repository.account}' do not exist`,
      );
    });
}
