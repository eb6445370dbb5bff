import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../errors";
import { packageJson } from "../../process/package-file";
import { initValues, type InitValues } from "./options";
import { projectFiles } from "./project-files";

const PACKAGE = "package.json";

interface Project {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface CreatedProject {
  /** Names of the files that were written. */
  readonly files: readonly string[];
  /** What the user must do next. */
  readonly next: readonly string[];
}

/**
 * Writes the files of a project. A `package.json` that depends on codeseries already is kept, because
 * `npm install codeseries` writes one.
 *
 * @param dependency What `package.json` asks npm for. @default the version of this package
 * @throws InputError if one of the files exists. Nothing is written then.
 */
export function createProject(
  folder: string,
  given: Partial<InitValues>,
  dependency?: string,
): CreatedProject {
  const own = packageJson();
  const files = projectFiles(initValues(given), own, dependency ?? own.version);
  const existing = [...files.keys()].filter((name) => existsSync(join(folder, name)));
  const kept = existing.includes(PACKAGE) ? dependenciesOf(readFileSync(join(folder, PACKAGE), "utf8")) : {};
  const keepsPackage = "codeseries" in kept;
  const inTheWay = existing.filter((name) => name !== PACKAGE || !keepsPackage);
  if (inTheWay.length > 0)
    throw new InputError(
      inTheWay.map((name) => `${name} exists, and codeseries init overwrites no file`).join("\n"),
      "use an empty folder, or move what is there",
    );

  const written = [...files].filter(([name]) => !existing.includes(name));
  // The flag makes this fail if another program has written the file since.
  for (const [name, content] of written) writeFileSync(join(folder, name), content, { flag: "wx" });

  const wanted = Object.entries(dependenciesOf(files.get(PACKAGE) ?? "{}"));
  const missing = keepsPackage ? wanted.filter(([name]) => !(name in kept)) : [];
  const specs = missing.map(([name, version]) => `${name}@${version}`);
  return {
    files: written.map(([name]) => name),
    next: [
      ...(given.sharedAccount === undefined || given.account === undefined
        ? ["replace the placeholder account ids in codeseries.yaml"]
        : []),
      ...(keepsPackage ? [] : ["npm install"]),
      ...(specs.length > 0 ? [`npm install --save-dev ${specs.join(" ")}`] : []),
      "npx codeseries synth",
    ],
  };
}

function dependenciesOf(text: string): Readonly<Record<string, string>> {
  const { dependencies, devDependencies } = JSON.parse(text) as Project;
  return { ...devDependencies, ...dependencies };
}
