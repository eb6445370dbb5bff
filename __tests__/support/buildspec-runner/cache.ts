import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { matching } from "./file-sets";

export interface CachePlaces {
  /** Stands for the project's object in S3. */
  readonly cache: string;
  /** Stands for `/root`. */
  readonly home: string;
  readonly source: string;
}

const HOME = "/root/";

/** Where a path of the buildspec is, and where it begins to be a pattern. */
function placeOf(path: string, { home, source }: Omit<CachePlaces, "cache">) {
  const [base, pattern] = path.startsWith(HOME) ? [home, path.slice(HOME.length)] : [source, path];
  return { base, pattern };
}

/** Puts back what an earlier build of the project has left. */
export function restoreCache({ cache, home }: CachePlaces): void {
  if (existsSync(join(cache, "home"))) cpSync(join(cache, "home"), home, { recursive: true });
}

/** Keeps the files of the cache's paths. Only those below the home folder are put back. */
export function saveCache(paths: readonly string[], places: CachePlaces): string[] {
  return paths.flatMap((path) => {
    const { base, pattern } = placeOf(path, places);
    if (!existsSync(base)) return [];
    return matching(base, pattern).map((file) => {
      const kept = join(places.cache, base === places.home ? "home" : "source", file);
      mkdirSync(dirname(kept), { recursive: true });
      cpSync(join(base, file), kept);
      return relative(places.cache, kept);
    });
  });
}
