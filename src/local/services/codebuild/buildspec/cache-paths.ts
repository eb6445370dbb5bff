import { existsSync } from "node:fs";
import { join } from "node:path";
import { matching, type SelectedFile } from "./file-sets";

/** Where a build has the folders that paths of a cache begin in. */
export interface CacheBases {
  /** Stands for `/root`. */
  readonly home: string;
  readonly source: string;
}

const HOME = "/root/";

/** The files of a cache's paths, as `home/…` or `source/…`. Other absolute paths are of the machine, and stay there. */
export function cachedFiles(paths: readonly string[], { home, source }: CacheBases): SelectedFile[] {
  return paths.flatMap((path) => {
    const [name, base, pattern] = path.startsWith(HOME)
      ? (["home", home, path.slice(HOME.length)] as const)
      : (["source", source, path] as const);
    if (path.startsWith("/") && name !== "home") return [];
    if (!existsSync(base)) return [];
    return matching(base, [pattern]).map((file) => ({ name: join(name, file), path: join(base, file) }));
  });
}
