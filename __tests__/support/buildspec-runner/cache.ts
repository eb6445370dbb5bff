import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { cachedFiles, type CacheBases } from "../../../src/local/services/codebuild/buildspec/cache-paths";

export interface CachePlaces extends CacheBases {
  /** Stands for the project's object in S3. */
  readonly cache: string;
}

/** Puts back what an earlier build of the project has left. */
export function restoreCache({ cache, home }: CachePlaces): void {
  if (existsSync(join(cache, "home"))) cpSync(join(cache, "home"), home, { recursive: true });
}

/** Keeps the files of the cache's paths. Only those below the home folder are put back. */
export function saveCache(paths: readonly string[], places: CachePlaces): string[] {
  return cachedFiles(paths, places).map(({ name, path }) => {
    const kept = join(places.cache, name);
    mkdirSync(dirname(kept), { recursive: true });
    cpSync(path, kept);
    return name;
  });
}
