import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { BuildMachine } from "../../support/buildspec-runner/build-machine";
import { runBuild, type BuildInput } from "../../support/buildspec-runner/run-build";
import { temporaryFolder } from "../../support/temporary-folder";

/** The runner of the tests does what AWS documents of CodeBuild: the tests of buildspecs stand on it. */
const folder = temporaryFolder();
let machine: BuildMachine;
beforeEach(() => {
  machine = new BuildMachine({
    cliVersion: 2,
    callers: {
      BUILDKEY: { arn: "arn:aws:sts::111111111111:assumed-role/build/b", account: "111111111111", allow: [] },
    },
    roles: {},
  });
});
afterEach(() => {
  machine.dispose();
});

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
}
const run = (spec: object, input: Partial<BuildInput> = {}) =>
  runBuild(machine, {
    repository: folder.path,
    buildspec: { text: stringify({ version: 0.2, ...spec }) },
    variables: {},
    commit: "0123456789abcdef",
    ...input,
  });
const commands = (...list: string[]) => ({ commands: list });
const failing = "exit 3";
const say = (text: string) => `echo "said ${text} $CODEBUILD_BUILD_SUCCEEDING"`;
const said = (log: string) => [...log.matchAll(/^said (.+)$/gm)].map(([, text]) => text);

describe("the phases of a build", () => {
  it("run in their order, in one shell", async () => {
    const { log, succeeded } = await run({
      phases: {
        install: commands("A=1; export B=2; f() { echo said $1; }", "mkdir -p sub; cd sub"),
        pre_build: commands('f "$A$B"', 'f "${PWD##*/}"', "false || true"),
        build: commands("bash -c 'echo \"said [$A$B]\"'"),
        post_build: commands("exit 0", say("on")),
      },
    });
    expect([succeeded, said(log)]).toEqual([true, ["12", "sub", "[2]", "on 1"]]);
  });

  it("go on with post_build after a failed build, which knows of it", async () => {
    const build = { commands: [failing, say("never")], finally: [say("finally")] };
    const result = await run({ phases: { build, post_build: commands(say("post")) } });
    expect(said(result.log)).toEqual(["finally 0", "post 0"]);
    expect(result).toMatchObject({
      succeeded: false,
      failures: [expect.stringMatching(/exit 3.*exit status 3/)],
    });
  });

  it.each(["install", "pre_build"])("end with a failed %s", async (phase) => {
    const { log } = await run({ phases: { [phase]: commands(failing), build: commands(say("never")) } });
    expect(said(log)).toEqual([]);
  });

  it("end with a failed build that says ABORT", async () => {
    const build = { "on-failure": "ABORT", ...commands(failing) };
    expect(said((await run({ phases: { build, post_build: commands(say("never")) } })).log)).toEqual([]);
  });

  it("go on after a failure that says CONTINUE, and the build fails", async () => {
    const install = { "on-failure": "CONTINUE", ...commands(failing) };
    const { log, succeeded } = await run({ phases: { install, build: commands(say("build")) } });
    expect([said(log), succeeded]).toEqual([["build 0"], false]);
  });

  it("use sh unless the buildspec names bash", async () => {
    const phases = { build: commands("shopt -qo posix && echo said posix || echo said bash") };
    expect(said((await run({ phases })).log)).toEqual(["posix"]);
    expect(said((await run({ env: { shell: "bash" }, phases })).log)).toEqual(["bash"]);
  });
});

describe("the variables of a build", () => {
  it("are not expanded, and those of the project win", async () => {
    const variables = { A: "${B}", B: "buildspec" };
    const { log } = await run(
      { env: { variables }, phases: { build: commands('echo "said $A $B"') } },
      { variables: { B: "project" } },
    );
    expect(said(log)).toEqual(["${B} project"]);
  });

  it("come from Parameter Store and Secrets Manager", async () => {
    const env = { "parameter-store": { P: "/a/b" }, "secrets-manager": { S: "db:password", T: "plain" } };
    const { log } = await run(
      { env, phases: { build: commands('echo "said $P $S $T"') } },
      { parameters: { "/a/b": "1" }, secrets: { db: '{"password":"2"}', plain: "3" } },
    );
    expect(said(log)).toEqual(["1 2 3"]);
  });

  it("fail the build before its phases if a store lacks one", async () => {
    const result = await run({
      env: { "parameter-store": { P: "/a/b" } },
      phases: { build: commands(say("x")) },
    });
    expect(result).toMatchObject({
      succeeded: false,
      failures: ["DOWNLOAD_SOURCE: Parameter Store has no /a/b"],
    });
  });

  it("hold what CodeBuild adds, and are exported by name", async () => {
    const spec = {
      env: { "exported-variables": ["TAG", "NONE"] },
      phases: { build: commands('export TAG="$CODEBUILD_RESOLVED_SOURCE_VERSION-$CODEBUILD_BUILD_NUMBER"') },
    };
    expect((await run(spec, { buildNumber: 7 })).exported).toEqual({ TAG: "0123456789abcdef-7" });
  });
});

describe("the files that a build returns", () => {
  const names = (files?: ReadonlyMap<string, Buffer>) => files && [...files.keys()];
  beforeEach(() => {
    write({ "a/one.txt": "1", "a/b/two.txt": "2", "three.md": "3" });
  });

  it("are those of the patterns, below the base folder", async () => {
    const artifacts = { files: ["**/*"], "base-directory": "a" };
    expect(names((await run({ artifacts })).artifact)).toEqual(["b/two.txt", "one.txt"]);
  });

  it("lose their folders with discard-paths", async () => {
    const artifacts = { files: ["a/**/*"], "discard-paths": "yes", "exclude-paths": ["a/one.txt"] };
    expect(names((await run({ artifacts })).artifact)).toEqual(["two.txt"]);
  });

  it("can be several artifacts and reports", async () => {
    const { reports, secondaryArtifacts } = await run({
      artifacts: { files: ["three.md"], "secondary-artifacts": { more: { files: ["a/*"] } } },
      reports: { tests: { files: ["*.md"], "file-format": "JUNITXML" } },
    });
    expect([names(secondaryArtifacts.more), names(reports.tests)]).toEqual([["a/one.txt"], ["three.md"]]);
  });

  it("are gathered after a failed build too", async () => {
    const { artifact, succeeded } = await run({
      phases: { build: commands(failing) },
      artifacts: { files: ["three.md"] },
    });
    expect([names(artifact), succeeded]).toEqual([["three.md"], false]);
  });

  it("must exist", async () => {
    expect(await run({ artifacts: { files: ["none"] } })).toMatchObject({
      failures: ["CLIENT_ERROR: no matching artifact paths found"],
    });
    expect(await run({ artifacts: { files: ["*"], "base-directory": "none" } })).toMatchObject({
      failures: ["CLIENT_ERROR: no matching base directory path found for none"],
    });
  });
});

it("a cache brings files of the home folder into the next build", async () => {
  const spec = {
    phases: {
      build: commands(
        "echo said $(cat ~/.gradle/caches/x)",
        "mkdir -p ~/.gradle/caches; echo kept > ~/.gradle/caches/x",
      ),
    },
    cache: { paths: ["/root/.gradle/caches/**/*"] },
  };
  expect((await run(spec)).cached).toEqual(["home/.gradle/caches/x"]);
  expect(said((await run(spec)).log)).toEqual(["kept"]);
});

it.each([
  ["a key that it does not know", "phases: { compile: {} }\nversion: 0.2", "unknown key phases.compile"],
  ["another version", "version: 0.1", "the runner knows version 0.2, got 0.1"],
])("%s fails the build", async (_, text, message) => {
  expect(await run({}, { buildspec: { text } })).toMatchObject({ failures: [`YAML_FILE_ERROR: ${message}`] });
});

it("a buildspec that the repository lacks fails the build", async () => {
  expect(await run({}, { buildspec: { path: "none.yml" } })).toMatchObject({
    failures: ["YAML_FILE_ERROR: stat none.yml: no such file or directory"],
  });
});

it("aws is version 2, and refuses what a role lacks in AWS's words", async () => {
  const { log } = await run({
    phases: {
      build: commands(
        "aws ecr get-login || true",
        "aws ecs describe-task-definition --task-definition x || true",
      ),
    },
  });
  expect(log).toContain("argument operation: Found invalid choice 'get-login'");
  expect(log).toContain(
    "An error occurred (AccessDeniedException) when calling the DescribeTaskDefinition operation: User: arn:aws:sts::111111111111:assumed-role/build/b is not authorized to perform: ecs:DescribeTaskDefinition",
  );
});
