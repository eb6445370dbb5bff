import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSystem } from "../../src/system/load";
import { edit, shippedYaml } from "../support/faults";
import { runCli } from "../support/run-cli";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "codeseries-test-"));
  file = join(folder, "c.yaml");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

type Change = readonly [part: string, by: string];

/** The warnings that match, of the shipped configuration with changes. */
function warningsAfter(about: RegExp, ...changes: readonly Change[]): string[] {
  writeFileSync(file, edit(shippedYaml, ...changes));
  return loadSystem(file)
    .warnings.map((line) => line.replace(`${folder}/`, ""))
    .filter((line) => about.test(line));
}

const task = (text: string): Change => ["port: 10012", `port: 10012\n    task: { ${text} }`];
const inDev = (text: string): Change => ["      dev:\n", `      dev:\n        ${text}\n`];
const sidecar = (image: string) => task(`sidecars: { otel: { image: "${image}" } }`);
const build = (text: string): Change => ["build: {", `build: { ${text},`];
const OWN = "558846431111.dkr.ecr.ap-northeast-2.amazonaws.com/tools/otel";
const OTHER = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/tools/otel";
const DIGEST = `sha256:${"0".repeat(64)}`;

describe("plain HTTP", () => {
  const ingress = (text: string): Change => ["ingress: { http: true }", `ingress: { ${text} }`];

  it("shows a warning where neither http nor certificateArn is said", () => {
    expect(warningsAfter(/plain HTTP/, ingress("idleTimeoutSeconds: 90"))).toEqual([
      "c.yaml:22:14 environments.dev.ingress: the load balancer serves plain HTTP; certificateArn gives HTTPS, and http: true ends this warning",
    ]);
  });

  it("shows no warning in the shipped system, which confirms it", () => {
    expect(warningsAfter(/./)).toEqual([]);
  });
});

describe("a network without NAT", () => {
  it("is warned of at its key: its tasks have public addresses", () => {
    const nat: Change = ["cidr: 10.10.0.0/16", "cidr: 10.10.0.0/16\n      nat: none"];
    expect(warningsAfter(/network/, nat)).toEqual([
      "c.yaml:22:12 environments.dev.network.nat: tasks run in the public subnets, each with a public IPv4 address; single or per-zone keeps them in private ones",
    ]);
  });

  it("is not warned of where there is one", () => {
    expect(warningsAfter(/network/)).toEqual([]);
  });
});

describe("an image of a sidecar", () => {
  it.each([["otel/collector:latest"], ["otel/collector"], ["localhost:5000/collector"]])(
    "is warned of if it can change: %s",
    (image) => {
      expect(warningsAfter(/sidecars/, sidecar(image))).toEqual([
        expect.stringMatching(
          /^c\.yaml:28:\d+ services\.awssdk-iam\.task\.sidecars\.otel\.image: the tag latest can be another image/,
        ),
      ]);
    },
  );

  it.each([["otel/collector:0.43"], [`otel/collector@${DIGEST}`], [`a:latest@${DIGEST}`], [`${OWN}:1`]])(
    "is not warned of if it cannot, and is its account's: %s",
    (image) => {
      expect(warningsAfter(/sidecars/, sidecar(image))).toEqual([]);
    },
  );

  it("is warned of if it is another account's, with the role that must be allowed to pull it", () => {
    expect(warningsAfter(/sidecars/, sidecar(`${OTHER}:1`))).toEqual([
      expect.stringMatching(
        /the image is of account 123456789012: .* must allow arn:aws:iam::558846431111:role\/bys-dev-iam-awssdk-iam-ecs-task-exec-role to pull it$/,
      ),
    ]);
  });

  it("is named where the environment overrides it", () => {
    expect(warningsAfter(/sidecars/, inDev("task: { sidecars: { otel: { image: a } } }"))).toEqual([
      expect.stringContaining("services.awssdk-iam.environments.dev.task.sidecars.otel.image: the tag"),
    ]);
  });
});

describe("a variable that looks like a secret", () => {
  it.each([
    ["NPM_TOKEN", "abc"],
    ["DOCKERHUB_PASSWORD", "abc"],
    ["AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"],
    ["DATABASE_URL", "postgres://user:word@db/app"],
  ])("is warned of in a build: %s", (name, value) => {
    expect(warningsAfter(/variables/, build(`variables: { ${name}: "${value}" }`))).toEqual([
      expect.stringMatching(
        new RegExp(`services\\.awssdk-iam\\.build\\.variables\\.${name}: .*; move it to build\\.secrets$`),
      ),
    ]);
  });

  it("is warned of in a task and its sidecars", () => {
    const text = "variables: { API_KEY: x }, sidecars: { a: { image: a:1, variables: { A_SECRET: x } } }";
    expect(warningsAfter(/variables/, task(text))).toEqual([
      expect.stringMatching(/task\.variables\.API_KEY: .*move it to task\.secrets$/),
      expect.stringMatching(
        /task\.sidecars\.a\.variables\.A_SECRET: .*move it to task\.sidecars\.a\.secrets$/,
      ),
    ]);
  });

  it.each([
    ["TOKEN_URL", "https://issuer.example.com/token"],
    ["KEYSTORE", "/etc/keys"],
    ["NPM_TOKEN", ""],
    ["PASSTHROUGH", "1"],
  ])("is not one with %s=%s", (name, value) => {
    expect(warningsAfter(/variables/, build(`variables: { ${name}: "${value}" }`))).toEqual([]);
  });

  it("is warned of once, although two environments have it", () => {
    const stg: Change = [
      "\nservices:",
      "  stg:\n    account: dev\n    branch: stage\n    cluster: main\n    network: { cidr: 10.20.0.0/16 }\n    ingress: { http: true }\n\nservices:",
    ];
    expect(warningsAfter(/variables/, stg, build("variables: { NPM_TOKEN: x }"))).toHaveLength(1);
  });
});

describe("a command", () => {
  const run = (...args: string[]) => {
    writeFileSync(file, edit(shippedYaml, sidecar("otel/collector")));
    return runCli(args, { CODESERIES_CONFIG: file, CDKTF_OUTDIR: join(folder, "out") });
  };
  const WARNING = /^warning: \S*c\.yaml:28:\d+ services\.awssdk-iam\.task\.sidecars\.otel\.image: /m;
  const commands = [
    [["synth"]],
    [["permissions", "--policies"]],
    [["check-repository", "awssdk-iam", tmpdir()]],
  ];

  it.each(commands)("shows each warning once, on standard error: %s", async (args) => {
    const { err, out } = await run(...args);
    expect(err).toMatch(WARNING);
    expect(err.match(/sidecars\.otel/g)).toHaveLength(1);
    expect(out).not.toContain("warning:");
  });

  it.each(commands)("shows no warning with --quiet: %s", async (args) => {
    expect((await run(...args, "--quiet")).err).not.toMatch(WARNING);
  });

  it("does not fail because of a warning", async () => {
    expect((await run("synth")).code).toBe(0);
  });

  it("shows the warnings of scaffold too", async () => {
    expect((await run("scaffold", "awssdk-iam", folder)).err).toMatch(WARNING);
  });
});
