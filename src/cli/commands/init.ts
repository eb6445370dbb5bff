import { InputError } from "../../errors";
import { defineCommand } from "../command";
import { INIT_OPTIONS, type InitValues } from "../init/options";

const options = Object.fromEntries(
  INIT_OPTIONS.map(({ name, fallback, description }) => [
    name,
    { value: "<value>", description: `${description} (${fallback.replace(/\{(\w+)\}/g, "<$1>")})` },
  ]),
) as Record<keyof InitValues, { readonly value: "<value>"; readonly description: string }>;

export const init = defineCommand({
  name: "init",
  summary: "writes a project that depends on the package codeseries",
  description: `Writes codeseries.yaml, main.ts, cdktf.json, package.json and .gitignore into the working directory.
No file is overwritten: if one exists, or an option is wrong, nothing is written. A package.json
that depends on codeseries already is kept. The default account ids are placeholders.`,
  options: {
    ...options,
    package: {
      value: "<spec>",
      description:
        "what package.json asks npm for, such as file:codeseries.tgz (the version of this command)",
    },
  },
  json: '{ "files": [name], "next": [what to do] }',
  exitCodes: { failed: "a file could not be written", badInput: "a wrong option, or a file exists" },
  examples: [
    "npx codeseries init --organization acme --region eu-west-1 --shared-account 111111111111 \\",
    "  --account 222222222222 --service shop --port 3000 --path /shop",
  ],
  async run({ options: { package: dependency, ...given }, ui }) {
    const { initFaults } = await import("../init/faults");
    const { createProject } = await import("../init/project");
    const faults = initFaults(given);
    if (faults.length > 0) throw new InputError(faults.join("\n"));
    const { files, next } = createProject(process.cwd(), given, dependency);
    ui.result(files.join("\n"), { files, next });
    ui.note(["", "Next:", ...next.map((step) => `  ${step}`)].join("\n"));
  },
});
