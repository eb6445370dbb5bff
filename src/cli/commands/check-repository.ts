import { ExitCode } from "../../errors";
import { defineCommand } from "../command";
import { configFileOf } from "../paths";

export const checkRepository = defineCommand({
  name: "check-repository",
  summary: "says whether an application's repository fits its deliveries",
  description: `Compares the Dockerfile, the buildspec, the task definition and the AppSpec file of an application's
repository with the names, the roles, the ports and the permissions of the service, in every environment
that it is delivered to. Files that codeseries makes need not be there. Each line names a file and its
line, what is expected, what is there, what to do, and the environments.`,
  arguments: { "<service>": "a service of the configuration", "<folder>": "the folder of its repository" },
  json: '{ "findings": [{ "file", "line", "path", "expected", "got", "next", "warning", "environments" }] }',
  variables: ["CODESERIES_CONFIG"],
  exitCodes: { failed: "a release would fail" },
  examples: ["npx codeseries check-repository awssdk-iam ../awssdk-iam"],
  async run({ args: [service = "", folder = ""], env, ui }) {
    const { checkRepository: check } = await import("../../repository/check/check");
    const { showFinding } = await import("../../repository/check/finding");
    const { environments, findings, warnings } = check(configFileOf(env), service, folder);
    ui.configurationWarnings(warnings);
    const faults = findings.filter(({ warning }) => !warning);
    ui.result(faults.map(showFinding).join("\n"), { findings });
    for (const finding of findings) if (finding.warning) ui.warning(showFinding(finding));
    if (faults.length > 0) return ExitCode.failed;
    ui.note(`${folder} fits the delivery of ${service} to ${environments.join(", ")}.`);
    return ExitCode.done;
  },
});
