import { parse } from "yaml";
import { buildSpec, type ImageSource } from "../../../src/delivery/build-spec";
import { runBuildspec, type Stubs } from "../../support/run-buildspec";

const source: ImageSource = {
  dockerfile: "Dockerfile",
  context: ".",
  variables: [],
  secrets: [],
  reports: false,
};
const REGISTRY = "558846431111.dkr.ecr.ap-northeast-2.amazonaws.com";
const IMAGE = `${REGISTRY}/ecs/dev-awssdk-iam`;
const env = {
  ENVIRONMENT: "dev",
  EXPECTED_BRANCH: "develop",
  BRANCH_NAME: "develop",
  COMMIT_ID: "0123456789abcdef0123456789abcdef01234567",
  AWS_REGION: "ap-northeast-2",
  ACCOUNT_NO: "558846431111",
  REGISTRY_URL: REGISTRY,
  ECR_REPOSITORY: "ecs/dev-awssdk-iam",
  PUSH_ROLE_ARN: "arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role",
  APPLICATION_NAME: "awssdk-iam",
  APPLICATION_PATH: "iam",
  APPLICATION_PORT: "10012",
  APPLICATION_VERSION: "0.0.1",
  DELIVERY_FILES: "s3://bys-artifacts/delivery",
};

const GENERATED_TASK = '{ "image": "<IMAGE1_NAME>", "value": "\\u003cNOT_OURS>" }\n';
const GENERATED_SPEC = "TaskDefinition: <TASK_DEFINITION>\n";
/** `aws s3 cp --only-show-errors <url> <file>`. */
const download = `case "$4" in */taskdef.json) printf '%s' '${GENERATED_TASK}' > "$5" ;; *) printf '%s' '${GENERATED_SPEC}' > "$5" ;; esac`;
/** The newest tag, or the digest of a tag. */
const images = (newest: string) =>
  `case "$*" in *imageTag=*) echo sha256:feed ;; *) echo '${newest}' ;; esac`;

interface Changes {
  readonly source?: Partial<ImageSource>;
  readonly env?: Record<string, string>;
  readonly files?: Record<string, string>;
  readonly aws?: Stubs["aws"];
  readonly docker?: Stubs["docker"];
}

const build = (changes: Changes = {}) =>
  runBuildspec(
    buildSpec({ ...source, ...changes.source }),
    { ...env, ...changes.env },
    { Dockerfile: "FROM scratch\n", ...changes.files },
    {
      aws: { "s3 cp": download, "ecr describe-images": images("null"), ...changes.aws },
      docker: changes.docker,
    },
  );

const docker = (calls: readonly string[], command: string) =>
  calls.filter((call) => call.startsWith(`docker ${command}`));

describe("the generated buildspec", () => {
  const { artifacts, calls, exported, output, status, stderr } = build();

  it("builds a repository that has nothing but a Dockerfile", () => {
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(docker(calls, "build")).toEqual([
      `docker build --tag ${IMAGE}:01234567-7 --build-arg BUILDKIT_INLINE_CACHE=1 --build-arg ENVIRONMENT --build-arg APPLICATION_NAME --build-arg APPLICATION_PATH --build-arg APPLICATION_PORT --build-arg APPLICATION_VERSION --file Dockerfile . as BUILDKEY`,
    ]);
  });

  it("returns exactly three files, with the image by its digest", () => {
    expect(output).toEqual(["appspec.yml", "imageDetail.json", "taskdef.json"]);
    expect(Object.keys(artifacts).sort()).toEqual(output);
    expect(JSON.parse(artifacts["imageDetail.json"] ?? "")).toEqual({ ImageURI: `${IMAGE}@sha256:feed` });
    expect(Buffer.byteLength(Object.values(artifacts).join(""))).toBeLessThan(3_000_000);
  });

  it("uses the files of the configuration as they are", () => {
    expect(artifacts["taskdef.json"]).toBe(GENERATED_TASK);
    expect(artifacts["appspec.yml"]).toBe(GENERATED_SPEC);
    expect(calls.filter((call) => call.startsWith("aws s3"))).toEqual([
      "aws s3 cp --only-show-errors s3://bys-artifacts/delivery/taskdef.json .codeseries/taskdef.json as BUILDKEY",
      "aws s3 cp --only-show-errors s3://bys-artifacts/delivery/appspec.yml .codeseries/appspec.yml as BUILDKEY",
    ]);
  });

  it("pushes once, under a tag of the commit and the build's number", () => {
    expect(docker(calls, "push")).toEqual([`docker push ${IMAGE}:01234567-7 as BUILDKEY`]);
    expect(build({ env: { CODEBUILD_BUILD_NUMBER: "8" } }).calls).toContain(
      `docker push ${IMAGE}:01234567-8 as BUILDKEY`,
    );
  });

  it("assumes the push role once, for the registry only, and exports none of its credentials", () => {
    expect(calls.filter((call) => call.includes("assume-role"))).toHaveLength(1);
    const asPushRole = calls.filter((call) => call.endsWith("as PUSHKEY"));
    expect(asPushRole.map((call) => call.split(" ")[1])).toEqual(["ecr", "ecr", "ecr"]);
    expect(exported).toContain(`IMAGE_URI="${IMAGE}@sha256:feed"`);
    expect(exported).not.toMatch(/PUSH(KEY|SECRET|TOKEN)/);
  });

  it("keeps its credentials from variables and secrets of the build, whatever their names are", () => {
    const names = ["key", "secret", "token", "image", "credentials"];
    const values = Object.fromEntries(names.map((name) => [name, `own ${name}`]));
    const run = build({ source: { secrets: names }, env: values });
    expect(run.status).toBe(0);
    expect(run.exported).not.toMatch(/PUSH(KEY|SECRET|TOKEN)/);
    for (const name of names) expect(run.exported).toContain(`${name}="own ${name}"`);
  });

  it("passes variables as build arguments and secrets as secrets, each by its name", () => {
    const run = build({
      source: { variables: ["FEATURE"], secrets: ["NPM_TOKEN"] },
      env: { NPM_TOKEN: "s3cret" },
    });
    const [call = ""] = docker(run.calls, "build");
    expect(call).toContain(" --build-arg FEATURE ");
    expect(call).toContain(" --secret id=NPM_TOKEN,env=NPM_TOKEN ");
    expect(run.calls.join("\n") + run.stderr).not.toContain("s3cret");
  });

  it("builds the Dockerfile and the folder that the configuration names", () => {
    const files = { "docker/web.Dockerfile": "FROM scratch\n", "app/index.html": "" };
    const { calls: made } = build({ source: { dockerfile: "docker/web.Dockerfile", context: "app" }, files });
    expect(docker(made, "build")[0]).toContain("--file docker/web.Dockerfile app as");
  });

  it("names no tag that moves, and no command that the AWS CLI no longer has", () => {
    const text = buildSpec({ ...source, variables: ["A"], secrets: ["B"] });
    expect(text).not.toMatch(/get-login |:latest|:backup|TD_REVISION|cahce|111122222-/);
    expect(parse(text)).toMatchObject({ version: 0.2, env: { shell: "bash" } });
  });

  it.each(["pre_build", "build", "post_build"])("ends after a command of %s that fails", (phase) => {
    expect(parse(buildSpec(source))).toMatchObject({ phases: { [phase]: { "on-failure": "ABORT" } } });
  });
});

describe("the cache of the generated buildspec", () => {
  const withNewest = { "ecr describe-images": images('"fedcba98-6"') };

  it("is the newest image that was pushed", () => {
    const { calls, status } = build({ aws: withNewest });
    expect(status).toBe(0);
    expect(docker(calls, "pull")).toEqual([`docker pull --quiet ${IMAGE}:fedcba98-6 as BUILDKEY`]);
    expect(docker(calls, "build")[0]).toContain(
      ` --cache-from ${IMAGE}:fedcba98-6 --build-arg BUILDKIT_INLINE_CACHE=1 `,
    );
  });

  it.each<[string, Changes]>([
    ["it cannot be pulled", { aws: withNewest, docker: { pull: "exit 1" } }],
    [
      "ECR does not say which one it is",
      {
        aws: {
          "ecr describe-images": 'case "$*" in *imageTag=*) echo sha256:feed ;; *) exit 254 ;; esac',
        },
      },
    ],
  ])("is left out if %s", (_, changes) => {
    const { calls, status } = build(changes);
    expect(status).toBe(0);
    expect(docker(calls, "build")[0]).not.toContain("--cache-from");
  });
});

describe("reports of tests", () => {
  const reports = { reports: true };
  const files = { Dockerfile: "FROM a AS test\nFROM scratch as reports\nCOPY --from=test /r /\nFROM a\n" };

  it("come from a stage of the Dockerfile, before the image is built", () => {
    const { calls, status } = build({ source: reports, files });
    expect(status).toBe(0);
    expect(docker(calls, "build").map((call) => call.split(" --build-arg")[0])).toEqual([
      expect.stringMatching(/^docker build --target reports --output \/\S+$/),
      `docker build --tag ${IMAGE}:01234567-7`,
    ]);
    expect(parse(buildSpec({ ...source, ...reports }))).toMatchObject({
      reports: {
        tests: { files: ["**/*.xml"], "base-directory": ".codeseries-reports", "file-format": "JUNITXML" },
      },
    });
  });

  it.each([
    ["the image is built", "exit 0", 0],
    ["its build fails", "exit 1", 1],
  ])("are not in the context, and are in their folder after %s", (_, image, expected) => {
    const stage = 'if [ "$2" = --target ]; then echo "<testsuite/>" > "$5/new.xml"; exit 0; fi';
    const run = build({
      source: reports,
      files,
      docker: { build: `${stage}; [ ! -d .codeseries-reports ] || exit 2; ${image}` },
    });
    expect(run).toMatchObject({ status: expected, reports: ["new.xml"] });
    expect(docker(run.calls, "push")).toHaveLength(1 - expected);
  });

  it("replace those of the repository", () => {
    const run = build({
      source: reports,
      files: { ...files, ".codeseries-reports/old.xml": "" },
      docker: { build: '[ "$2" != --target ] || echo "<testsuite/>" > "$5/new.xml"' },
    });
    expect(run.reports).toEqual(["new.xml"]);
  });

  it("are left out by default", () => {
    expect(parse(buildSpec(source))).not.toHaveProperty("reports");
  });

  it("fail the build with one sentence if there is no such stage", () => {
    expect(build({ source: reports })).toMatchObject({
      status: 1,
      stderr: "Dockerfile has no stage named reports; add it, or remove build.reports.\n",
      calls: [],
    });
  });

  it("fail the build if they cannot be made", () => {
    const { calls, status } = build({ source: reports, files, docker: { build: "exit 1" } });
    expect(status).toBe(1);
    expect(docker(calls, "build")).toHaveLength(1);
  });
});

const OWN_TASK =
  '{"image":"<IMAGE1_NAME>","family":"<ENVIRONMENT>-<APPLICATION_NAME>","port":<APPLICATION_PORT>}';
const OWN_SPEC = "TaskDefinition: <TASK_DEFINITION>\nContainerName: <APPLICATION_NAME>\n";

describe("a repository's own files", () => {
  it.each(["appspec.yml", "appspec.yaml"])("are used in place of the generated ones (%s)", (name) => {
    const { artifacts, calls, output } = build({
      files: { "codeseries/codedeploy/taskdef.json": OWN_TASK, [`codeseries/codedeploy/${name}`]: OWN_SPEC },
    });
    expect(artifacts["taskdef.json"]).toBe(
      '{"image":"<IMAGE1_NAME>","family":"dev-awssdk-iam","port":10012}',
    );
    expect(artifacts["appspec.yml"]).toBe("TaskDefinition: <TASK_DEFINITION>\nContainerName: awssdk-iam\n");
    expect(output).toHaveLength(3);
    expect(calls.filter((call) => call.startsWith("aws s3"))).toEqual([]);
  });

  it("may be one of the two", () => {
    const { artifacts, calls } = build({ files: { "codeseries/codedeploy/taskdef.json": OWN_TASK } });
    expect(artifacts["appspec.yml"]).toBe(GENERATED_SPEC);
    expect(calls.filter((call) => call.startsWith("aws s3"))).toHaveLength(1);
  });

  const own = (file: string, text: string): Changes => ({
    files: { [`codeseries/codedeploy/${file}`]: text },
  });
  it.each<[string, Changes, string]>([
    [
      "a placeholder has no value",
      own("taskdef.json", OWN_TASK.replace("ENVIRONMENT", "TD_REVISION")),
      "These placeholders of codeseries/codedeploy/taskdef.json have no value: <TD_REVISION>.\n",
    ],
    [
      "the image is fixed",
      own("taskdef.json", '{"image":"nginx:1.27"}'),
      "taskdef.json must have <IMAGE1_NAME> as the image of the service's container.\n",
    ],
    [
      "the task definition is fixed",
      own("appspec.yaml", "TaskDefinition: arn\n"),
      "codeseries/codedeploy/appspec.yaml must have <TASK_DEFINITION> as the task definition.\n",
    ],
    [
      "there are two AppSpec files",
      {
        files: {
          "codeseries/codedeploy/appspec.yml": OWN_SPEC,
          "codeseries/codedeploy/appspec.yaml": OWN_SPEC,
        },
      },
      "The repository has appspec.yml and appspec.yaml in codeseries/codedeploy; keep one.\n",
    ],
    [
      "they are too large for the deploy action",
      own("taskdef.json", JSON.stringify({ image: "<IMAGE1_NAME>", padding: "x".repeat(3_000_000) })),
      expect.stringMatching(
        /^The output has 30\d{5} bytes; the deploy action reads less than 3000000\.\n$/,
      ) as string,
    ],
  ])("fail the build with one sentence if %s", (_, changes, stderr) => {
    expect(build(changes)).toMatchObject({ status: 1, stderr });
  });

  it("fail the build if the task definition is not JSON", () => {
    const { status, stderr } = build(own("taskdef.json", `${OWN_TASK}}`));
    expect(status).toBe(1);
    expect(stderr).toMatch(/taskdef\.json is not valid JSON\.\n$/);
  });
});

describe("a build that cannot work", () => {
  it.each([...Object.keys(env), "CODEBUILD_BUILD_NUMBER"])(
    "fails without %s, before anything else",
    (name) => {
      const { calls, status, stderr } = build({ env: { [name]: "" } });
      expect(stderr).toBe(
        `The environment variable ${name} is missing; the project or the pipeline must set it.\n`,
      );
      expect(status).toBe(1);
      expect(calls).toEqual([]);
    },
  );

  it.each<[string, Changes, string]>([
    [
      "the branch of another environment",
      { env: { BRANCH_NAME: "master" } },
      "Branch master is not delivered to dev; branch develop is.\n",
    ],
    [
      "a push role of another account",
      { env: { PUSH_ROLE_ARN: "arn:aws:iam::111111111111:role/any" } },
      `arn:aws:iam::111111111111:role/any and ${REGISTRY} are not both of account 558846431111 and region ap-northeast-2.\n`,
    ],
    [
      "a registry of another account",
      { env: { REGISTRY_URL: "111111111111.dkr.ecr.ap-northeast-2.amazonaws.com" } },
      expect.stringContaining("are not both of account 558846431111") as string,
    ],
    [
      "a repository without the Dockerfile",
      { source: { dockerfile: "docker/Dockerfile" } },
      "The repository has no file docker/Dockerfile; add it, or set build.dockerfile.\n",
    ],
    [
      "a repository without the folder to build",
      { source: { context: "app" } },
      "The repository has no folder app; add it, or set build.context.\n",
    ],
  ])("fails with one sentence for %s, before anything else", (_, changes, stderr) => {
    expect(build(changes)).toMatchObject({ status: 1, stderr, calls: [] });
  });

  it("fails with one sentence if it may not assume the push role", () => {
    const { status, stderr } = build({ aws: { "sts assume-role": "exit 254" } });
    expect(stderr).toBe(`The build may not assume ${env.PUSH_ROLE_ARN}.\n`);
    expect(status).toBe(1);
  });

  it.each(["login", "build", "push"])("fails if docker %s fails, and pushes nothing more", (command) => {
    const run = build({ docker: { [command]: "exit 1" } });
    expect(run).toMatchObject({ status: 1, output: [] });
    expect(docker(run.calls, "push")).toHaveLength(command === "push" ? 1 : 0);
  });

  it.each(["ecr describe-images", "s3 cp"])("fails if aws %s fails", (call) => {
    expect(build({ aws: { [call]: "exit 254" } }).status).toBe(1);
  });
});
