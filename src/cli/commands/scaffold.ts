import { ExitCode } from "../../errors";
import { defineCommand } from "../command";
import type { ScaffoldedFile } from "../../repository/scaffold/write-files";
import { configFileOf } from "../paths";
import type { Ui } from "../ui";

export const scaffold = defineCommand({
  name: "scaffold",
  summary: "writes the delivery files of a repository that wants to own them",
  description: `Writes a buildspec, a task definition and an AppSpec file into the folder of an application's repository.
Releases of every environment then use these files in place of the generated ones. They have the present
settings; later changes of task settings in codeseries.yaml, such as the memory, must be made in them too.
The buildspec has the steps that the repository needs: Gradle and its cache if there is a build.gradle,
placeholders such as <APPLICATION_NAME> in its files, and the Dockerfile in env/<environment> if there
is one. A file that exists is not overwritten; the difference is shown.`,
  arguments: { "<service>": "a service of the configuration", "<folder>": "the folder of its repository" },
  options: { force: { description: "overwrites files that differ" } },
  json: '{ "files": [{ "file", "result": written, unchanged, kept or overwritten, "diff" }], "next": [what to do] }',
  variables: ["CODESERIES_CONFIG"],
  exitCodes: { failed: "a file differs and was kept, or could not be written" },
  examples: ["npx codeseries scaffold awssdk-iam ../awssdk-iam"],
  async run({ args: [service = "", folder = ""], env, options: { force = false }, ui }) {
    const { scaffoldRepository } = await import("../../repository/scaffold/scaffold");
    const { files, missing, next, warnings } = scaffoldRepository(configFileOf(env), service, folder, force);
    ui.configurationWarnings(warnings);
    const text = files.map((file) => shown(file, ui.style)).join("\n");
    ui.result(text, { files, next });
    for (const path of missing) ui.warning(`${path} does not exist, and the buildspec uses it`);
    if (next.length > 0) ui.note(["", "Next:", ...next.map((step) => `  ${step}`)].join("\n"));
    return files.some(({ result }) => result === "kept") ? ExitCode.failed : ExitCode.done;
  },
});

function shown({ diff, file, result }: ScaffoldedFile, { paint }: Ui["style"]): string {
  const lines = diff?.trimEnd().split("\n") ?? [];
  const painted = lines.map((line) =>
    line.startsWith("+") ? paint("green", line) : line.startsWith("-") ? paint("red", line) : line,
  );
  return [`${result.padEnd("overwritten".length)} ${file}`, ...painted].join("\n");
}
