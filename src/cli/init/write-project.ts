import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../../config/error";
import type { ProjectFiles } from "./project-files";

const PACKAGE = "package.json";

interface Project {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const dependenciesOf = ({ dependencies, devDependencies }: Project) => ({
  ...devDependencies,
  ...dependencies,
});

export interface WrittenProject {
  readonly written: readonly string[];
  /** Packages that a `package.json` of the user's lacks, such as `tsx@4.23.15`. */
  readonly missing: readonly string[];
}

/**
 * Writes the files of a project. A `package.json` that depends on codeseries already is kept: it is there
 * if the package was installed first.
 *
 * @throws ConfigError if one of the files exists. Nothing is written then.
 */
export function writeProject(folder: string, files: ProjectFiles): WrittenProject {
  const existing = [...files.keys()].filter((name) => existsSync(join(folder, name)));
  const installed = existing.includes(PACKAGE) ? installedIn(join(folder, PACKAGE)) : undefined;
  const inTheWay = existing.filter((name) => name !== PACKAGE || installed === undefined);
  if (inTheWay.length > 0)
    throw new ConfigError(
      inTheWay.map(
        (name) => `${name} exists: codeseries init overwrites no file. Use an empty folder, or move it`,
      ),
    );

  const written = [...files].filter(([name]) => !existing.includes(name));
  // The flag fails if another program has made the file since.
  for (const [name, content] of written) writeFileSync(join(folder, name), content, { flag: "wx" });

  const wanted = dependenciesOf(JSON.parse(files.get(PACKAGE) ?? "{}") as Project);
  const missing = Object.entries(wanted).filter(([name]) => installed !== undefined && !(name in installed));
  return {
    written: written.map(([name]) => name),
    missing: missing.map(([name, version]) => `${name}@${version}`),
  };
}

/** The dependencies of a `package.json` that has codeseries among them. */
function installedIn(file: string): Readonly<Record<string, string>> | undefined {
  const installed = dependenciesOf(JSON.parse(readFileSync(file, "utf8")) as Project);
  return "codeseries" in installed ? installed : undefined;
}
