import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { type Build, type S3Place } from "../build";
import { cachedFiles, type CacheBases } from "../buildspec/cache-paths";
import { download, upload } from "./objects";
import { unzip, zip } from "./zip";

/** CodeBuild documents only the prefix of a cache's object: the location of the project. */
function placeOf({ cache, projectName }: Build): S3Place | undefined {
  if (cache?.type !== "S3") return undefined;
  const [bucket = "", ...prefix] = (cache.location ?? "").split("/");
  return { bucket, key: [...prefix.filter((part) => part !== ""), `${projectName}.zip`].join("/") };
}

/** The cache of a project, as one zip file in S3 or on this machine. */
export class Cache {
  private readonly archive: string;

  /**
   * @param local The file of a cache of the type LOCAL.
   * @param scratch The build's folder.
   */
  constructor(
    private readonly s3: S3Client,
    private readonly build: Build,
    private readonly local: string,
    private readonly bases: CacheBases,
    scratch: string,
  ) {
    this.archive = join(scratch, `cache.zip`);
  }

  /** Puts the files back that an earlier build has left. A file of the source wins over one of the cache. */
  public async restore(): Promise<boolean> {
    const place = placeOf(this.build);
    if (place) {
      if (!(await download(this.s3, place, this.archive))) return false;
    } else if (this.build.cache?.type === "LOCAL" && existsSync(this.local))
      copyFileSync(this.local, this.archive);
    else return false;
    const { home, source } = this.bases;
    await unzip(this.archive, home, (name) =>
      name.startsWith("home/") ? name.slice("home/".length) : undefined,
    );
    await unzip(this.archive, source, (name) => {
      const own = name.startsWith("source/") ? name.slice("source/".length) : undefined;
      return own === undefined || existsSync(join(source, own)) ? undefined : own;
    });
    return true;
  }

  /** Keeps the files of the cache's paths for the next build, and gives their number. */
  public async save(paths: readonly string[]): Promise<number> {
    const place = placeOf(this.build);
    if (!place && this.build.cache?.type !== "LOCAL") return 0;
    const files = cachedFiles(paths, this.bases);
    if (files.length === 0) return 0;
    await zip(files, this.archive);
    if (place) await upload(this.s3, this.archive, place, this.build.encryptionKey);
    else {
      mkdirSync(dirname(this.local), { recursive: true });
      copyFileSync(this.archive, this.local);
    }
    return files.length;
  }
}
