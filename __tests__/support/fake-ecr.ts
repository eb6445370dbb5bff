import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { ECRClient } from "@aws-sdk/client-ecr";

export const digestOf = (bytes: string | Uint8Array) =>
  `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

const named = (name: string, message = name) => Object.assign(new Error(message), { name });

interface Input {
  readonly imageIds: readonly [{ readonly imageDigest: string }];
  readonly imageDigest: string;
  readonly imageManifest: string;
  readonly imageTag?: string;
  readonly layerDigest: string;
  readonly layerDigests: readonly string[];
  readonly layerPartBlob: Uint8Array;
  readonly partFirstByte: number;
}

/** One repository of ECR, as its API has it. Its layers are downloaded over HTTP. */
export class FakeEcr {
  public readonly repositoryName = "ecs/web";
  public readonly manifests = new Map<string, string>();
  public readonly layers = new Map<string, Buffer>();
  public readonly tags = new Map<string, string>();
  public readonly calls: string[] = [];
  /** Sizes of the parts that were uploaded. */
  public readonly parts: number[] = [];
  private upload = Buffer.alloc(0);
  private readonly server = createServer(({ url = "" }, response) => {
    const layer = this.layers.get(url.slice(1));
    response.writeHead(layer ? 200 : 403).end(layer);
  });

  /** @param partSize Bytes. */
  constructor(private readonly partSize = 10) {}

  public readonly ecr = {
    send: (command: { input: unknown }) => {
      const name = command.constructor.name.replace(/Command$/, "");
      this.calls.push(name);
      const answer = (this as unknown as Record<string, (input: unknown) => unknown>)[name];
      if (!answer) throw new Error(`${name}: this test has no answer`);
      return Promise.resolve().then(() => answer.call(this, command.input));
    },
  } as unknown as ECRClient;

  public async start(): Promise<void> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
  }

  public end(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Adds an image of these layers. @returns its digest */
  public add(...layers: readonly string[]): string {
    const parts = layers.map((layer) => ({ digest: digestOf(layer), bytes: Buffer.from(layer) }));
    for (const { bytes, digest } of parts) this.layers.set(digest, bytes);
    return this.addManifest({ layers: parts.map(({ digest }) => ({ digest })) });
  }

  public addManifest(manifest: object): string {
    const text = JSON.stringify(manifest);
    this.manifests.set(digestOf(text), text);
    return digestOf(text);
  }

  protected BatchGetImage({ imageIds: [{ imageDigest }] }: Input) {
    const imageManifest = this.manifests.get(imageDigest);
    return { images: imageManifest === undefined ? [] : [{ imageManifest, imageManifestMediaType: "x" }] };
  }

  protected BatchCheckLayerAvailability({ layerDigests }: Input) {
    const layerAvailability = (one: string) => (this.layers.has(one) ? "AVAILABLE" : "UNAVAILABLE");
    return {
      layers: layerDigests.map((one) => ({ layerDigest: one, layerAvailability: layerAvailability(one) })),
    };
  }

  protected GetDownloadUrlForLayer({ layerDigest }: Input) {
    const { port } = this.server.address() as AddressInfo;
    return { downloadUrl: `http://127.0.0.1:${port}/${layerDigest}` };
  }

  protected InitiateLayerUpload() {
    this.upload = Buffer.alloc(0);
    return { uploadId: "one", partSize: this.partSize };
  }

  protected UploadLayerPart({ layerPartBlob, partFirstByte }: Input) {
    if (partFirstByte !== this.upload.length) throw named("InvalidLayerPartException");
    this.parts.push(layerPartBlob.length);
    this.upload = Buffer.concat([this.upload, layerPartBlob]);
    return {};
  }

  protected CompleteLayerUpload({ layerDigests: [wanted = ""] }: Input) {
    if (digestOf(this.upload) !== wanted) throw named("InvalidLayerException");
    if (this.layers.has(wanted)) throw named("LayerAlreadyExistsException");
    this.layers.set(wanted, this.upload);
    return {};
  }

  protected PutImage({ imageDigest, imageManifest, imageTag }: Input) {
    if (digestOf(imageManifest) !== imageDigest) throw named("ImageDigestDoesNotMatchException");
    const { layers = [], manifests = [] } = JSON.parse(imageManifest) as Record<
      string,
      { digest: string }[] | undefined
    >;
    if (layers.some(({ digest }) => !this.layers.has(digest))) throw named("LayersNotFoundException");
    if (manifests.some(({ digest }) => !this.manifests.has(digest)))
      throw named("ReferencedImagesNotFoundException");
    if (this.manifests.has(imageDigest)) throw named("ImageAlreadyExistsException");
    this.manifests.set(imageDigest, imageManifest);
    if (imageTag !== undefined) this.tags.set(imageTag, imageDigest);
    return {};
  }
}
