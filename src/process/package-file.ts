import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const NAME = "codeseries";

/** What this project's own `package.json` says, as far as commands need it. */
export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Compiled, bundled or run from source, a module is at a different depth below the package's folder. */
function packageFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json")) && readPackageJson(folder).name === NAME) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json of ${NAME} above ${__dirname}`);
  }
}

const readPackageJson = (folder: string) =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageJson;

/** A file of the package, such as `src/local/moto/server.py`, whatever folder a command runs in. */
export const packageFile = (path: string) => join(packageFolder(), path);

export const packageJson = () => readPackageJson(packageFolder());

/** A page of `docs` that a message sends the user to, as a path from the working directory. */
export const documentation = (page: string) => relative(process.cwd(), packageFile(join("docs", page)));
