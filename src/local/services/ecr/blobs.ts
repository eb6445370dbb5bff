import { createHash, randomUUID, type Hash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  writeFileSync,
  type ReadStream,
} from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { hostOf, type Repository } from "./image-name";
import { blobUnknown, digestInvalid, tooLarge, uploadUnknown } from "./registry-error";

/** ECR's quota of a layer: 42,000 MiB. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
export const ECR_LAYER_LIMIT = 42_000 * 2 ** 20;

interface Upload {
  readonly repository: string;
  readonly hash: Hash;
  size: number;
}

const keyOf = (repository: Repository) => join(hostOf(repository), encodeURIComponent(repository.name));

/**
 * Layers and configurations of images, as files: `blobs/<digest>`, and an empty file for each repository that has
 * it. Everything is streamed; memory does not grow with the size of a layer.
 */
export class Blobs {
  private readonly uploads = new Map<string, Upload>();

  /** @param limit Bytes of one layer. */
  constructor(
    private readonly folder: string,
    private readonly limit: number,
  ) {
    // What an earlier process has not completed: clients begin such an upload again.
    rmSync(this.path("uploads"), { recursive: true, force: true });
    for (const name of ["uploads", "blobs"]) mkdirSync(this.path(name), { recursive: true });
  }

  private path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  private fileOf(digest: string): string {
    return this.path("blobs", digest.replace(":", "-"));
  }

  private markOf(repository: Repository, digest: string): string {
    return this.path("repositories", keyOf(repository), digest.replace(":", "-"));
  }

  /** Bytes of a blob; undefined if the repository has none of that digest. */
  public size(repository: Repository, digest: string): number | undefined {
    if (!existsSync(this.markOf(repository, digest)) || !existsSync(this.fileOf(digest))) return undefined;
    return statSync(this.fileOf(digest)).size;
  }

  public read(digest: string): ReadStream {
    return createReadStream(this.fileOf(digest));
  }

  /** Gives a repository the blob of another one. @returns false if the other has none of that digest. */
  public mount(repository: Repository, from: Repository, digest: string): boolean {
    if (this.size(from, digest) === undefined) return false;
    this.mark(repository, digest);
    return true;
  }

  private mark(repository: Repository, digest: string): void {
    mkdirSync(this.path("repositories", keyOf(repository)), { recursive: true });
    writeFileSync(this.markOf(repository, digest), "");
  }

  /** Begins an upload, and gives its id. */
  public begin(repository: Repository): string {
    const id = randomUUID();
    writeFileSync(this.path("uploads", id), "");
    this.uploads.set(id, { repository: keyOf(repository), hash: createHash("sha256"), size: 0 });
    return id;
  }

  /**
   * Adds bytes to an upload, and gives their number until now. An upload that fails is given up with its file.
   *
   * @throws RegistryError if the layer is larger than the limit.
   */
  public async append(repository: Repository, id: string, bytes: Readable): Promise<number> {
    const upload = this.uploadOf(repository, id);
    // A connection that breaks before the file is open is told by the loop.
    bytes.on("error", () => undefined);
    try {
      const file = await open(this.path("uploads", id), "a");
      try {
        for await (const piece of bytes as AsyncIterable<Buffer>) {
          upload.size += piece.length;
          if (upload.size > this.limit) throw tooLarge(this.limit);
          upload.hash.update(piece);
          await file.writeFile(piece);
        }
      } finally {
        await file.close();
      }
      return upload.size;
    } catch (error) {
      this.drop(id);
      throw error;
    }
  }

  /** Completes an upload. @throws RegistryError if the bytes have another digest. */
  public async complete(repository: Repository, id: string, digest: string): Promise<void> {
    const computed = `sha256:${this.uploadOf(repository, id).hash.digest("hex")}`;
    if (computed !== digest) {
      this.drop(id);
      throw digestInvalid(computed, digest);
    }
    await rename(this.path("uploads", id), this.fileOf(digest));
    this.uploads.delete(id);
    this.mark(repository, digest);
  }

  /** Ends an upload without a result. */
  public giveUp(repository: Repository, id: string): void {
    this.uploadOf(repository, id);
    this.drop(id);
  }

  private drop(id: string): void {
    this.uploads.delete(id);
    rmSync(this.path("uploads", id), { force: true });
  }

  private uploadOf(repository: Repository, id: string): Upload {
    const upload = this.uploads.get(id);
    if (upload?.repository !== keyOf(repository)) throw uploadUnknown(id);
    return upload;
  }

  /** @throws RegistryError if the repository lacks it. */
  public require(repository: Repository, digest: string): number {
    const size = this.size(repository, digest);
    if (size === undefined) throw blobUnknown(digest);
    return size;
  }
}
