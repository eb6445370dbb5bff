import { edit, faultsAfter, faultsIn, shippedYaml } from "../support/faults";

/** A task of the shipped service, in one line. */
const task = (text: string) => ["port: 10012", `port: 10012\n    task: { ${text} }`] as const;
const otel = (text: string, more = "") => task(`sidecars: { otel: { image: otel:1, ${text} } }${more}`);
const build = (text: string) => ["build: {", `build: { ${text},`] as const;
const AT = "services.awssdk-iam";
const SECRET = "arn:aws:secretsmanager:ap-northeast-2:558846431111:secret:a-AbCdEf";

describe("containers of a task", () => {
  it.each([
    ["without any sidecar", task("architecture: arm64")],
    ["with an image of any registry", otel("essential: true")],
    [
      "with an image by digest",
      task(`sidecars: { a: { image: "a.b:5000/c/d:1@sha256:${"0".repeat(64)}" } }`),
    ],
    [
      "with everything",
      otel(
        `cpu: 64, memory: 128, port: 4317, command: [a], variables: { A: b }, secrets: { B: "${SECRET}" }`,
      ),
    ],
    [
      "that wait for each other in a row",
      task(
        "sidecars: { a: { image: a, dependsOn: { b: HEALTHY } }, b: { image: b, healthCheck: { command: [CMD, x] }, dependsOn: { c: SUCCESS } }, c: { image: c } }, dependsOn: { a: START }",
      ),
    ],
    [
      "that wait for the X-Ray daemon and the service",
      otel("dependsOn: { awssdk-iam: START, xray-daemon: START }", ", xray: true"),
    ],
  ])("are accepted %s", (_, change) => {
    expect(faultsAfter(change)).toEqual([]);
  });

  it.each<[string, readonly [string, string], string, RegExp]>([
    ["an unknown key", otel("ports: 1"), "task.sidecars.otel.ports", /one of the keys image, essential/],
    ["no image", task("sidecars: { otel: {} }"), "task.sidecars.otel.image", /an image such as/],
    [
      "an image that is none",
      task("sidecars: { o: { image: 'a b' } }"),
      "task.sidecars.o.image",
      /got "a b"/,
    ],
    [
      "a name with a space",
      task("sidecars: { 'a b': { image: a } }"),
      "task.sidecars.a b",
      /a container name/,
    ],
    [
      "the name of the X-Ray daemon",
      task("sidecars: { xray-daemon: { image: a } }"),
      "task.sidecars.xray-daemon",
      /other than xray-daemon/,
    ],
    [
      "the name of the service's container",
      task("sidecars: { awssdk-iam: { image: a } }"),
      "task.sidecars.awssdk-iam",
      /another name than the service's/,
    ],
    [
      "more containers than a task may have",
      task(`sidecars: { ${Array.from("abcdefghij", (name) => `${name}: { image: a }`).join(", ")} }`),
      "task.sidecars",
      /at most 9 sidecars: a task has at most 10 containers, got 10/,
    ],
    [
      "one more with the X-Ray daemon",
      task(
        `xray: true, sidecars: { ${Array.from("abcdefghi", (name) => `${name}: { image: a }`).join(", ")} }`,
      ),
      "task.sidecars",
      /at most 8 sidecars/,
    ],
    [
      "all CPU units",
      otel("cpu: 256"),
      "task.sidecars",
      /less than the task's 256 CPU units together.*got 256/,
    ],
    ["all memory", otel("memory: 512"), "task.sidecars", /less than the task's 512 MiB together.*got 512/],
    ["a little memory", otel("memory: 5"), "task.sidecars.otel.memory", /from 6 to 122880, got 5/],
    ["the service's port", otel("port: 10012"), "task.sidecars.otel.port", /another port than the service/],
    [
      "the X-Ray daemon's port",
      otel("port: 2000", ", xray: true"),
      "task.sidecars.otel.port",
      /another port than xray-daemon/,
    ],
    [
      "another sidecar's port",
      task("sidecars: { a: { image: a, port: 1 }, b: { image: b, port: 1 } }"),
      "task.sidecars.b.port",
      /another port than sidecar a, got 1/,
    ],
    [
      "a secret that is a variable too",
      otel(`variables: { A: x }, secrets: { A: "${SECRET}" }`),
      "task.sidecars.otel.secrets.A",
      /a name that is not also in variables/,
    ],
    ["an empty command", otel("command: []"), "task.sidecars.otel.command", /at least one text/],
    [
      "a health check without its form",
      otel("healthCheck: { command: [curl] }"),
      "task.sidecars.otel.healthCheck.command",
      /starts with CMD or CMD-SHELL/,
    ],
    [
      "a health check that runs nothing",
      otel("healthCheck: { command: [CMD-SHELL] }"),
      "task.sidecars.otel.healthCheck.command",
      /starts with CMD or CMD-SHELL/,
    ],
    [
      "an unknown condition",
      otel("dependsOn: { awssdk-iam: RUNNING }"),
      "task.sidecars.otel.dependsOn.awssdk-iam",
      /one of START, HEALTHY, COMPLETE, SUCCESS/,
    ],
    [
      "a container that does not exist",
      otel("dependsOn: { redis: START }"),
      "task.sidecars.otel.dependsOn.redis",
      /one of the task's other containers: awssdk-iam, got "redis"/,
    ],
    [
      "the X-Ray daemon without X-Ray",
      task("dependsOn: { xray-daemon: START }"),
      "task.dependsOn.xray-daemon",
      /one of the task's other containers: there is none, got/,
    ],
    [
      "health without a health check",
      otel("essential: true", ", dependsOn: { otel: HEALTHY }"),
      "task.dependsOn.otel",
      /START, or a healthCheck of otel, got "HEALTHY"/,
    ],
    [
      "the end of an essential container",
      otel("essential: true", ", dependsOn: { otel: SUCCESS }"),
      "task.dependsOn.otel",
      /START or HEALTHY: otel is essential/,
    ],
    [
      "the end of the service",
      otel("dependsOn: { awssdk-iam: COMPLETE }"),
      "task.sidecars.otel.dependsOn.awssdk-iam",
      /awssdk-iam is essential/,
    ],
    [
      "itself",
      otel("dependsOn: { otel: START }"),
      "task.sidecars.otel.dependsOn.otel",
      /containers that do not wait for each other/,
    ],
    [
      "a circle",
      otel("dependsOn: { awssdk-iam: START }", ", dependsOn: { otel: START }"),
      "task.dependsOn.otel",
      /containers that do not wait for each other/,
    ],
    ["an unknown architecture", task("architecture: arm"), "task.architecture", /one of x86_64, arm64/],
  ])("are refused with %s", (_, change, path, expected) => {
    const faults = faultsAfter(change);
    const found = faults.filter((line) => line.includes(` ${AT}.${path}: expected `));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it("are checked as an environment changes them", () => {
    const overridden = edit(
      shippedYaml,
      task("cpu: 512, memory: 1024, sidecars: { otel: { image: otel:1, memory: 600 } }"),
      ["      dev:\n", "      dev:\n        task: { cpu: 256, memory: 512 }\n"],
    );
    expect(faultsIn(overridden).map((line) => line.split(": expected ")[0]?.split(" ")[1])).toEqual([
      `${AT}.environments.dev.task.sidecars`,
    ]);
  });
});

it("a service cannot have the port of its X-Ray daemon", () => {
  expect(faultsAfter(["port: 10012", "port: 2000\n    task: { xray: true }"])).toEqual([
    expect.stringContaining(`${AT}.task.xray: expected false, or another port than 2000, got true`),
  ]);
});

describe("a build", () => {
  it.each([
    ["dockerfile: docker/Dockerfile, context: app"],
    ["context: ."],
    ["dockerfile: ..data/Dockerfile"],
    ["secrets: { NPM_TOKEN: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:npm-AbCdEf:token::' }"],
    ["secrets: { LICENSE: 'arn:aws:ssm:ap-northeast-2:202949997891:parameter/ci/license' }"],
  ])("is accepted with %s", (text) => {
    const generated = ["buildspec: codeseries/codebuild/buildspec.yml", ""] as const;
    expect(faultsAfter(build(text), generated)).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ["dockerfile: /Dockerfile", "dockerfile", /a path inside the repository/],
    ["dockerfile: ../Dockerfile", "dockerfile", /without \. and \.\. as parts/],
    ["dockerfile: a/./Dockerfile", "dockerfile", /a path inside the repository/],
    ["context: ..", "context", /a folder of the repository/],
    ["context: a/../..", "context", /a folder of the repository/],
    ["secrets: { COMMIT_ID: x }", "secrets.COMMIT_ID", /the whole ARN of a Secrets Manager secret/],
    [`secrets: { COMMIT_ID: "${SECRET}" }`, "secrets.COMMIT_ID", /a variable that codeseries does not set/],
    [`secrets: { IMAGE_URI: "${SECRET}" }`, "secrets.IMAGE_URI", /a variable that codeseries does not set/],
    [`secrets: { CODEBUILD_X: "${SECRET}" }`, "secrets.CODEBUILD_X", /without the prefix CODEBUILD_/],
    [`variables: { A: x }, secrets: { A: "${SECRET}" }`, "secrets.A", /not also in variables/],
    [
      "secrets: { A: 'arn:aws:ssm:ap-northeast-2:558846431111:parameter/a' }",
      "secrets.A",
      /of the account and region that builds, arn:aws:ssm:ap-northeast-2:202949997891:…/,
    ],
  ])("is refused with %s", (text, path, expected) => {
    const found = faultsAfter(build(text)).filter((line) => line.includes(` ${AT}.build.${path}: expected `));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it("is refused with a buildspec outside the repository", () => {
    expect(faultsAfter(["codeseries/codebuild/buildspec.yml", "../buildspec.yml"])).toEqual([
      expect.stringContaining(`${AT}.build.buildspec: expected a path inside the repository`),
    ]);
  });

  const ARM = "aws/codebuild/amazonlinux-aarch64-standard:3.0";
  const X86 = "aws/codebuild/standard:7.0";
  it.each<[string, string]>([
    [`image: "${ARM}"`, "architecture: arm64"],
    [`image: "${X86}"`, "architecture: x86_64"],
    ["timeoutMinutes: 9", "architecture: arm64"],
  ])("may have %s with %s", (image, architecture) => {
    expect(faultsAfter(build(image), task(architecture))).toEqual([]);
  });

  it("is refused with an image of another architecture, where it is given or changed", () => {
    expect(faultsAfter(build(`image: "${X86}"`), task("architecture: arm64"))).toEqual([
      expect.stringContaining(
        `${AT}.build.image: expected an image for task.architecture arm64, such as ${ARM}, got "${X86}"`,
      ),
    ]);
    const changed = faultsAfter(build(`image: "${X86}"`), [
      "      dev:\n",
      "      dev:\n        task: { architecture: arm64 }\n",
    ]);
    expect(changed).toEqual([
      expect.stringContaining(
        `${AT}.environments.dev.task.architecture: expected the architecture of build.image, ${X86}, got "arm64"`,
      ),
    ]);
  });
});

describe("a pipeline's name", () => {
  const named = (name: string) => faultsAfter(["state:", `names: { pipeline: ${name} }\nstate:`]);

  it.each(["d", "del", "delivery"])("cannot be %s, where the delivery files are", (name) => {
    expect(named(name)).toEqual([
      expect.stringMatching(
        /names\.pipeline: expected a pipeline name from template "\w+" that does not begin like delivery\//,
      ),
    ]);
  });

  it.each(["delivery-x", "deliverys", "dev", "pipeline"])("can be %s", (name) => {
    expect(named(name)).toEqual([]);
  });
});
