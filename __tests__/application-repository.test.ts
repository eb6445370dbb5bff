import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
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

interface Buildspec {
  readonly phases: Record<string, { readonly commands: readonly string[] }>;
  readonly artifacts: { readonly "base-directory": string; readonly files: readonly string[] };
}
const buildspec = parse(blockUnder("buildspec.yml")) as Buildspec;

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
  PUSH_ROLE_ARN: delivery.arns.roles.push,
  COMMIT_ID: "0123456789abcdef0123456789abcdef01234567",
  BRANCH_NAME: delivery.environment.branch,
};

/** Runs the guide's buildspec in a repository that has the guide's files, with stubs for AWS and Docker. */
function build(changes: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "codeseries-build-"));
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const stub = (name: string, script: string) => {
    write(`bin/${name}`, `#!/bin/sh\necho "${name} $*" as "$AWS_ACCESS_KEY_ID" >> "$CALLS"\n${script}\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  };
  stub("docker", '[ "$1" = login ] && cat > password; [ "$1" != "$FAILING" ]');
  stub(
    "aws",
    'case "$2" in assume-role) printf "PUSHKEY\\tsecret\\ttoken\\n" ;; describe-images) echo sha256:feed ;; *) echo password ;; esac',
  );
  write("codeseries/codedeploy/taskdef.json", blockUnder("taskdef.json"));
  write("codeseries/codedeploy/appspec.yml", blockUnder("appspec.yml"));
  const calls = join(folder, "calls");
  // As CodeBuild runs them: in one shell, until one fails.
  const commands = Object.values(buildspec.phases).flatMap((phase) => phase.commands);
  const script = commands.map((command) => `${command}\n[ $? = 0 ] || exit 1`).join("\n");
  const { status, stderr } = spawnSync("bash", ["--norc", "-c", script], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...values,
      CODEBUILD_BUILD_NUMBER: "7",
      CALLS: calls,
      AWS_ACCESS_KEY_ID: "BUILDKEY",
      PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`,
      ...changes,
    },
  });
  const artifact = (file: string) =>
    readFileSync(join(folder, buildspec.artifacts["base-directory"], file), "utf8");
  try {
    return status === 0
      ? {
          status,
          stderr,
          calls: readFileSync(calls, "utf8").trim().split("\n"),
          artifacts: Object.fromEntries(buildspec.artifacts.files.map((file) => [file, artifact(file)])),
        }
      : { status, stderr, calls: [], artifacts: {} as Record<string, string> };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

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

  it.each(["build", "login", "push"])("fails if docker %s fails", (FAILING) => {
    expect(build({ FAILING })).toMatchObject({ status: 1 });
  });

  it("fails if a placeholder keeps no value", () => {
    expect(build({ APPLICATION_PORT: "<UNKNOWN>" })).toMatchObject({ status: 1 });
  });
});
