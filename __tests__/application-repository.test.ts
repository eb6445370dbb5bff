import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configFile, synthApp, systemFile } from "./support/synth-app";
import { theOnly } from "./support/synth";

/** The guide says what the build project and the pipeline have. */
const guide = readFileSync(join(__dirname, "..", "docs", "guide", "application-repository.md"), "utf8");

const { shared = { terraform: { backend: {} }, provider: {} } } = synthApp(configFile("codeseries.yaml"));
const [delivery] = systemFile("codeseries.yaml").deliveries;
if (!delivery) throw new Error("the shipped configuration has a delivery");

interface Action {
  readonly name: string;
  readonly configuration: Record<string, string>;
}
const stages = theOnly(shared, Codepipeline).stage as { readonly action: readonly Action[] }[];
const configurationOf = (name: string) =>
  stages.flatMap(({ action }) => action).find((action) => action.name === name)?.configuration ?? {};

interface Variable {
  readonly name: string;
  readonly value: string;
}
const [environment] = [theOnly(shared, CodebuildProject).environment].flat() as {
  readonly environment_variable: readonly Variable[];
}[];
const ofProject = environment?.environment_variable ?? [];
const ofPipeline = JSON.parse(configurationOf("Build").EnvironmentVariables ?? "[]") as readonly Variable[];

/** What the variables are for the shipped configuration; references to another stack, as AWS resolves them. */
const values: Record<string, string> = {
  ...Object.fromEntries(ofProject.map(({ name, value }) => [name, value])),
  ECR_REPOSITORY: delivery.names.containerRepository,
  DELIVERY_FILES: `s3://${delivery.names.artifactBucket}/delivery`,
  PUSH_ROLE_ARN: delivery.arns.roles.push,
  COMMIT_ID: "0123456789abcdef0123456789abcdef01234567",
  BRANCH_NAME: delivery.environment.branch,
};

describe("the guide's table of variables", () => {
  it("has every variable that the build gets, and no other", () => {
    const [, table = ""] = /## What the build gets\n(.*?)^## /ms.exec(guide) ?? [];
    const listed = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...ofProject, ...ofPipeline].map(({ name }) => name).sort());
  });

  it.each(Object.keys(values).filter((name) => !["COMMIT_ID", "BRANCH_NAME"].includes(name)))(
    "shows the value of %s for the shipped configuration",
    (name) => {
      expect(guide).toMatch(new RegExp(`^\\| \`${name}\` +\\| \`${values[name] ?? ""}\``, "m"));
    },
  );

  it("is followed by the names of the files that the deploy action reads", () => {
    const deploy = configurationOf(delivery.names.deployStage);
    for (const file of ["imageDetail.json", deploy.TaskDefinitionTemplatePath, deploy.AppSpecTemplatePath])
      expect(guide).toMatch(new RegExp(`^\\| \`${file ?? ""}\``, "m"));
    expect(guide).toContain(`\`<${deploy.Image1ContainerName ?? ""}>\``);
  });
});
