import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../errors";
import { packageJson, type PackageJson } from "../../process/package-file";
import { filled, readTemplate } from "../template";
import { configurationFile } from "./configuration-file";
import { initValues, type InitValues } from "./options";

const PACKAGE = "package.json";

/** What the project's programs import, and what runs and deploys `main.ts`. */
const DEPENDENCIES = ["@cdktf/provider-aws", "cdktf", "constructs"];
const DEV_DEPENDENCIES = ["cdktf-cli", "tsx"];

/**
 * The files of a project that depends on this package, by name.
 *
 * @param dependency What its `package.json` asks npm for: a version, or a place such as `file:codeseries.tgz`.
 */
export function projectFiles(values: InitValues, own: PackageJson, dependency: string): Map<string, string> {
  const tested = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, own.devDependencies[name]]));
  const manifest = {
    private: true,
    dependencies: { ...tested(DEPENDENCIES), codeseries: dependency },
    devDependencies: tested(DEV_DEPENDENCIES),
  };
  return new Map([
    ["codeseries.yaml", configurationFile(values)],
    ["main.ts", readTemplate("init/main.ts")],
    ["cdktf.json", filled(readTemplate("init/cdktf.json"), values)],
    [PACKAGE, `${JSON.stringify(manifest, undefined, 2)}\n`],
    // npm leaves a file that is called .gitignore out of a package.
    [".gitignore", readTemplate("init/gitignore")],
  ]);
}

/**
 * Writes the files of a project. A `package.json` that depends on codeseries already is kept, because
 * `npm install codeseries` writes one.
 *
 * @param dependency What `package.json` asks npm for. @default the version of this package
 * @returns the names of the files that were written, and what the user must do next.
 * @throws InputError if one of the files exists. Nothing is written then.
 */
export function createProject(folder: string, given: Partial<InitValues>, dependency?: string) {
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

  const next = ["npx codeseries synth"];
  if (keepsPackage) {
    const wanted = Object.entries(dependenciesOf(files.get(PACKAGE) ?? "{}"));
    const missing = wanted.filter(([name]) => !(name in kept)).map(([name, version]) => `${name}@${version}`);
    if (missing.length > 0) next.unshift(`npm install --save-dev ${missing.join(" ")}`);
  } else next.unshift("npm install");
  if (given.sharedAccount === undefined || given.account === undefined)
    next.unshift("replace the placeholder account ids in codeseries.yaml");
  return { files: written.map(([name]) => name), next };
}

function dependenciesOf(text: string): Readonly<Record<string, string>> {
  const { dependencies, devDependencies } = JSON.parse(text) as Partial<
    Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>
  >;
  return { ...devDependencies, ...dependencies };
}
