import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BuildMachine, type MachineAws } from "../../support/buildspec-runner/build-machine";
import { textIn } from "../../support/buildspec-runner/file-sets";
import { runBuild } from "../../support/buildspec-runner/run-build";

/**
 * The faults of the seed's buildspec, which is copied from the post without a change. Its AppSpec file and task
 * definition, which the post does not show, are as its text describes them. Where a fault would hide the next
 * one, the test gives to the build what it would have needed.
 */
const root = join(__dirname, "..", "..", "..");
const HOST = "558846431111.dkr.ecr.ap-northeast-2.amazonaws.com";
const REPOSITORY = "ecs/dev-awssdk-iam";
const PUSH_ROLE = "arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role";

/** With version 1 of the AWS CLI, as the seed's build image has it, and every right that the seed gives. */
const GENEROUS: MachineAws = {
  cliVersion: 1,
  callers: {
    BUILDKEY: {
      arn: "arn:aws:sts::202949997891:assumed-role/bys-shared-iam-cdb-role/AWSCodeBuild",
      account: "202949997891",
      allow: ["*"],
    },
    PUSHKEY: {
      arn: "arn:aws:sts::558846431111:assumed-role/bys-dev-iam-deploy-role/DEV",
      account: "558846431111",
      allow: ["*"],
    },
  },
  roles: { [PUSH_ROLE]: "PUSHKEY" },
  taskDefinitions: { "bys-dev-td-awssdk-iam": 7 },
};

const machine = new BuildMachine(GENEROUS);
const repository = machine.path("seed");

/** It only has to leave a jar: the seed's faults lie before and after it. */
const GRADLEW = `#!/bin/sh
echo "> STAND-IN for Gradle: an empty jar"
mkdir -p build/libs && : > "build/libs/awssdk-iam-$APPLICATION_VERSION.jar"
`;

beforeAll(() => {
  cpSync(join(root, "examples", "awssdk-iam"), repository, { recursive: true });
  rmSync(join(repository, "codeseries"), { recursive: true, force: true });
  const files = join(root, "__tests__", "fixtures", "seed", "codeseries");
  cpSync(files, join(repository, "codeseries"), { recursive: true });
  writeFileSync(join(repository, "gradlew"), GRADLEW, { mode: 0o755 });
  machine.provide("java", "hollow");
});
beforeEach(() => {
  rmSync(machine.path("registry", HOST), { recursive: true, force: true });
  machine.repository(HOST, REPOSITORY, "MUTABLE");
  machine.setAws(GENEROUS);
});
afterAll(() => {
  machine.dispose();
});

/** A build of the pipeline of develop, or of another branch. */
const build = (branch = "develop", variables: Record<string, string> = {}, commit?: string) =>
  runBuild(machine, {
    repository,
    buildspec: { path: "codeseries/codebuild/buildspec.yml" },
    variables: { BRANCH_NAME: branch, AWS_REGION: "ap-northeast-2", ...variables },
    commit,
  });
const mayNot = (key: "BUILDKEY" | "PUSHKEY", allow: readonly string[]): MachineAws => {
  const caller = GENEROUS.callers[key];
  return caller ? { ...GENEROUS, callers: { ...GENEROUS.callers, [key]: { ...caller, allow } } } : GENEROUS;
};

describe("the seed's buildspec", () => {
  it("ends at get-login with version 2 of the AWS CLI, which current build images have", async () => {
    machine.setAws({ ...GENEROUS, cliVersion: 2 });
    const { failures, log } = await build();
    expect(failures[0]).toMatch(/aws ecr get-login .*exit status 252/s);
    expect(log).toContain("Found invalid choice 'get-login'");
  });

  it("fails in its first run, after it has pushed, because there is no backup to remove", async () => {
    const { failures } = await build();
    expect(failures[0]).toMatch(/docker rmi \S+:backup.*exit status 1/s);
    expect(Object.keys(machine.tags(HOST, REPOSITORY))).toEqual(["01234567", "latest"]);
  });

  it("can move no tag where tags are immutable: not latest, and not a commit's that is built again", async () => {
    machine.repository(HOST, REPOSITORY, "IMMUTABLE");
    await build();
    const another = await build("develop", {}, "fedcba9876543210");
    expect(another.log).toContain("tag invalid: The image tag 'latest' already exists");
    const again = await build();
    expect(again.failures[0]).toMatch(/docker push \S+:\$\{COMMIT_ID_SHA\}/);
    expect(again.log).toContain("tag invalid: The image tag '01234567' already exists");
  });

  it("takes every tag that contains latest for latest", async () => {
    machine.tag(HOST, REPOSITORY, "not-latest");
    const { failures, log } = await build();
    expect(failures[0]).toContain("Image Backup");
    expect(log).toMatch(/manifest for \S+:latest not found/);
  });

  it("exports the push role's credentials to every later command", async () => {
    const { calls } = await build();
    const assumed = calls.findIndex((call) => call.includes("assume-role"));
    expect(calls.slice(assumed + 1).filter((call) => call.endsWith("as BUILDKEY"))).toEqual([]);
    expect(calls.filter((call) => call.startsWith("docker rmi"))[0]).toMatch(/as PUSHKEY$/);
  });

  it("logs in to the registry of the shared account, which it never uses", async () => {
    machine.setAws(mayNot("BUILDKEY", ["sts:AssumeRole"]));
    const { failures, log } = await build();
    expect(failures[0]).toContain("aws ecr get-login");
    expect(log).toContain("is not authorized to perform: ecr:GetAuthorizationToken");
  });

  it("does not expand a variable of a variable: stage pushes to a registry with a dollar sign", async () => {
    const stage = "arn:aws:iam::333333333333:role/bys-stg-iam-deploy-role";
    machine.setAws({ ...GENEROUS, roles: { [stage]: "PUSHKEY" } });
    const { calls } = await build("stage", { STG_ACCOUNT_NO: "333333333333" });
    expect(calls).toContainEqual(
      expect.stringContaining("docker tag awssdk-iam:01234567 ${STG_ACCOUNT_NO}.dkr.ecr."),
    );
  });

  it("assumes a role of no account for stage, and fills the settings of dev", async () => {
    const { calls } = await build("stage");
    expect(calls.find((call) => call.includes("assume-role"))).toContain(
      "arn:aws:iam:::role/bys-stg-iam-deploy-role",
    );
    const settings = (name: string) =>
      readFileSync(join(machine.source, "src", "main", "resources", `application-${name}.yaml`), "utf8");
    expect([settings("dev"), settings("stg")]).toEqual([
      "server.port: 10012\nserver.path: /iam\n",
      "server.port: <APPLICATION_PORT>\nserver.path: /<APPLICATION_PATH>\n",
    ]);
  });

  it("does not say that a branch has no environment: it fails later, at a file", async () => {
    const { log, phases } = await build("feature/x");
    expect(phases.map(({ name, status }) => `${name} ${status}`)).toContain("pre_build SUCCEEDED");
    expect(log).toContain("env//Dockerfile");
  });
});

describe("what the seed's buildspec returns, once it passes", () => {
  // The first run leaves what the second one needs.
  beforeEach(async () => {
    await build();
  });

  it("has no imageDetail.json: the image is a tag that moves; and names the revision before the release's", async () => {
    const { artifact, failures } = await build();
    expect([failures, ...(artifact?.keys() ?? [])]).toEqual([[], "appspec.yml", "taskdef.json"]);
    expect(textIn(artifact, "taskdef.json")).toContain(":latest");
    expect(textIn(artifact, "appspec.yml")).toContain("task-definition/bys-dev-td-awssdk-iam:7");
    expect(textIn(artifact, "appspec.yml")).not.toContain("<TASK_DEFINITION>");
  });

  it("names no revision at all, and passes, where the role may not describe task definitions", async () => {
    machine.setAws(mayNot("PUSHKEY", ["ecr:*"]));
    const { artifact, log, succeeded } = await build();
    expect(log).toContain("is not authorized to perform: ecs:DescribeTaskDefinition");
    expect(textIn(artifact, "appspec.yml")).toContain('bys-dev-td-awssdk-iam:"');
    expect(succeeded).toBe(true);
  });
});
