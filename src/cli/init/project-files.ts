import type { PackageJson } from "../../process/package-file";
import { configurationFile } from "./configuration-file";
import type { InitValues } from "./options";

/** The text of each file of a project, by its name. */
export type ProjectFiles = ReadonlyMap<string, string>;

const APP = `import { main } from "codeseries/command";

// npx cdktf synth runs this file. It writes what npx codeseries synth writes.
main(["synth"]);
`;

const CDKTF = {
  language: "typescript",
  app: "npx tsx main.ts",
  sendCrashReports: "false",
  terraformProviders: [],
  terraformModules: [],
};

const IGNORED = [
  "node_modules/",
  "cdktf.out/",
  ".local/",
  ".terraform/",
  "*.tfstate",
  "*.tfstate.*",
  "*.log",
];

/** What the project's programs import, and what runs and deploys `main.ts`. */
const DEPENDENCIES = ["@cdktf/provider-aws", "cdktf", "constructs"];
const DEV_DEPENDENCIES = ["cdktf-cli", "tsx"];

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/**
 * The files of a project that depends on this package.
 *
 * @param dependency What its `package.json` asks npm for: a version, or a place such as `file:codeseries.tgz`.
 */
export function projectFiles(values: InitValues, own: PackageJson, dependency: string): ProjectFiles {
  const tested = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, own.devDependencies[name]]));
  return new Map([
    ["codeseries.yaml", configurationFile(values)],
    ["main.ts", APP],
    ["cdktf.json", json({ ...CDKTF, projectId: `${values.organization}-codeseries` })],
    [
      "package.json",
      json({
        private: true,
        dependencies: { ...tested(DEPENDENCIES), codeseries: dependency },
        devDependencies: tested(DEV_DEPENDENCIES),
      }),
    ],
    [".gitignore", `${IGNORED.join("\n")}\n`],
  ]);
}
