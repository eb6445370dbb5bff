import { createHash } from "node:crypto";
import {
  BatchCheckLayerAvailabilityCommand,
  BatchGetImageCommand,
  PutImageCommand,
  type Image,
} from "@aws-sdk/client-ecr";
import { Failure } from "../../errors";
import { pieces } from "../read/if-present";
import { copyLayer, type EcrRepository } from "./copy-layer";

/** Limit of one call of BatchCheckLayerAvailability. */
const MAX_LAYERS = 100;

/** Forms of a manifest, so that ECR gives each as it is: a converted one has another digest. */
const MEDIA_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** What a manifest names. An index names other manifests, an image its configuration and its layers. */
interface Manifest {
  readonly config?: { readonly digest: string };
  readonly layers?: readonly { readonly digest: string }[];
  readonly manifests?: readonly { readonly digest: string }[];
}

export interface CopyOptions {
  readonly digest: string;
  /** Of the image itself; the images of an index get none. */
  readonly tag?: string;
  readonly onLayer: (digest: string) => void;
}

/**
 * Copies an image, manifest by manifest, so that its digest stays the same. What the repository has already is
 * not copied again.
 *
 * @throws Failure if the source does not have the image, or it changes on the way.
 */
export async function copyImage(from: EcrRepository, to: EcrRepository, options: CopyOptions): Promise<void> {
  const { digest, onLayer, tag } = options;
  const { manifest, mediaType } = await readManifest(from, digest);
  const { config, layers = [], manifests = [] } = JSON.parse(manifest) as Manifest;
  for (const one of manifests) await copyImage(from, to, { digest: one.digest, onLayer });
  const digests = new Set([...(config ? [config] : []), ...layers].map((one) => one.digest));
  for (const layer of await missing(to, [...digests])) {
    onLayer(layer);
    await copyLayer(from, to, layer);
  }
  await to.ecr
    .send(
      new PutImageCommand({
        repositoryName: to.repositoryName,
        imageManifest: manifest,
        imageManifestMediaType: mediaType,
        imageDigest: digest,
        imageTag: tag,
      }),
    )
    .catch((error: unknown) => {
      if ((error as Error).name !== "ImageAlreadyExistsException") throw error;
    });
}

async function readManifest({ ecr, repositoryName }: EcrRepository, digest: string) {
  const { images } = await ecr.send(
    new BatchGetImageCommand({
      repositoryName,
      imageIds: [{ imageDigest: digest }],
      acceptedMediaTypes: MEDIA_TYPES,
    }),
  );
  const [found]: (Image | undefined)[] = images ?? [];
  if (found?.imageManifest === undefined)
    throw new Failure(`ECR does not have the image ${digest} in ${repositoryName}`);
  const computed = `sha256:${createHash("sha256").update(found.imageManifest).digest("hex")}`;
  if (computed !== digest)
    throw new Failure(`${repositoryName}: expected the manifest of ${digest}, got one of ${computed}`);
  return { manifest: found.imageManifest, mediaType: found.imageManifestMediaType };
}

/** Those of the layers that a repository does not have. */
async function missing({ ecr, repositoryName }: EcrRepository, digests: readonly string[]) {
  const found: string[] = [];
  for (const layerDigests of pieces(digests, MAX_LAYERS)) {
    const { layers = [] } = await ecr.send(
      new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }),
    );
    const available = new Set(
      layers
        .filter(({ layerAvailability }) => layerAvailability === "AVAILABLE")
        .map(({ layerDigest }) => layerDigest),
    );
    found.push(...layerDigests.filter((one) => !available.has(one)));
  }
  return found;
}
