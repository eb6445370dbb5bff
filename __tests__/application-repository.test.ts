import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { runBuildspec } from "./support/run-buildspec";
import { configFile, synthApp, systemFile } from "./support/synth-app";
import { theOnly } from "./support/synth";

/** The guide's files of an application repository fit what the build project and the pipeline expect. */
const guide = readFileSync(join(__dirname, "..", "docs", "guide", "application-repository.md"), "utf8");

/** The first block of code under a heading. */
function blockUnder(heading: string): string {
  const [, block] = new RegExp(`^## ${heading}\\n.*?^\`\`\`\\w+\\n(.*?)^\`\`\``, "ms").exec(guide) ?? [];
  if (block === undefined) throw new Error(`no block of code under ${heading}`);
  return block;
}

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

/** Runs the guide's buildspec in a repository that has the guide's files. */
const build = (changes: Record<string, string> = {}, docker: Record<string, string> = {}) =>
  runBuildspec(
    blockUnder("buildspec.yml"),
    { ...values, ...changes },
    {
      "codeseries/codedeploy/taskdef.json": blockUnder("taskdef.json"),
      "codeseries/codedeploy/appspec.yml": blockUnder("appspec.yml"),
    },
    { aws: { "ecr describe-images": "echo sha256:feed" }, docker },
  );

describe("the guide's application repository", () => {
  const { status, calls, artifacts } = build();

  it("lists every variable that the build gets, and no other", () => {
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

  it("returns the three files that the deploy action reads", () => {
    const deploy = configurationOf(delivery.names.deployStage);
    expect(status).toBe(0);
    expect(Object.keys(artifacts).sort()).toEqual(
      ["imageDetail.json", deploy.TaskDefinitionTemplatePath, deploy.AppSpecTemplatePath].sort(),
    );
  });

  it("deploys the pushed image by its digest", () => {
    const { accountId, region } = { accountId: delivery.account.id, region: delivery.region };
    const image = `${accountId}.dkr.ecr.${region}.amazonaws.com/${delivery.names.containerRepository}`;
    expect(JSON.parse(artifacts["imageDetail.json"] ?? "")).toEqual({ ImageURI: `${image}@sha256:feed` });
    expect(calls).toContain(`docker push ${image}:01234567-7 as BUILDKEY`);
  });

  it("assumes the push role for the registry only", () => {
    const asPushRole = calls.filter((call) => call.endsWith("as PUSHKEY"));
    expect(asPushRole.map((call) => call.split(" ")[2])).toEqual(["get-login-password", "describe-images"]);
    expect(calls.find((call) => call.includes("assume-role"))).toContain(delivery.arns.roles.push);
  });

  it("returns a task definition with the names that codeseries creates", () => {
    const { arns, names, region } = delivery;
    const placeholder = `<${configurationOf(names.deployStage).Image1ContainerName ?? ""}>`;
    expect(JSON.parse(artifacts["taskdef.json"] ?? "")).toMatchObject({
      family: names.taskFamily,
      executionRoleArn: arns.roles.execution,
      taskRoleArn: arns.roles.task,
      containerDefinitions: [
        {
          name: delivery.service.name,
          image: placeholder,
          portMappings: [{ containerPort: delivery.settings.port }],
          logConfiguration: { options: { "awslogs-group": names.serviceLogGroup, "awslogs-region": region } },
        },
      ],
    });
  });

  it("returns an AppSpec file for the service's container and the new task definition", () => {
    const properties = {
      TaskDefinition: "<TASK_DEFINITION>",
      LoadBalancerInfo: { ContainerName: delivery.service.name, ContainerPort: delivery.settings.port },
    };
    expect(parse(artifacts["appspec.yml"] ?? "")).toEqual({
      version: 0,
      Resources: [{ TargetService: { Type: "AWS::ECS::Service", Properties: properties } }],
    });
  });

  it("fails for the branch of another environment", () => {
    expect(build({ BRANCH_NAME: "master" })).toMatchObject({
      status: 1,
      stderr: "branch master is not deployed to dev\n",
    });
  });

  it.each(["build", "login", "push"])("fails if docker %s fails", (command) => {
    expect(build({}, { [command]: "exit 1" })).toMatchObject({ status: 1 });
  });

  it("fails if a placeholder keeps no value", () => {
    expect(build({ APPLICATION_PORT: "<UNKNOWN>" })).toMatchObject({ status: 1 });
  });
});
