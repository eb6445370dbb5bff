import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** Files of an application's repository, by paths relative to it. */
export class Repository {
  constructor(private readonly folder: string) {}

  public has(path: string): boolean {
    const file = join(this.folder, path);
    return existsSync(file) && statSync(file).isFile();
  }

  public hasFolder(path: string): boolean {
    const file = join(this.folder, path);
    return existsSync(file) && statSync(file).isDirectory();
  }

  public text(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** The first of these paths that is a file. */
  public firstOf(...paths: readonly string[]): string | undefined {
    return paths.find((path) => this.has(path));
  }

  /** Bytes of the files in a folder, without Git's own. */
  public bytesBelow(path: string): number {
    const folder = join(this.folder, path);
    if (!this.hasFolder(path)) return 0;
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !relative(this.folder, file).startsWith(".git/"))
      .reduce((sum, file) => sum + statSync(file).size, 0);
  }
}
