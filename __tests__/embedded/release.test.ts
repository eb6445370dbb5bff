import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { EMBEDDED_ROLE } from "../../src/local/emulator/emulator";
import { killsPart, POINTS } from "../../bench/soak/kills";
import { loadPart } from "../../bench/soak/load";
import { runningSystem } from "../../bench/soak/system";
import { provideBaseImage } from "../support/buildspec-runner/base-images";
import { EmbeddedProject } from "../support/embedded-project";
import { shippedYaml } from "../support/faults";
import { describeLong } from "../support/long";
import { compareWithProof } from "../support/reality";
import { systemFile } from "../support/synth-app";

const DEV = "558846431111";
const ROOT = join(__dirname, "..", "..");
const EXAMPLE = join(ROOT, "examples", "awssdk-iam");
const PLACE = { cluster: "bys-dev-ecs-main", services: ["bys-dev-svc-awssdk-iam"] };

const system = new EmbeddedProject();

interface EcsService {
  readonly taskSets: readonly { readonly status: string; readonly taskDefinition: string }[];
}

const dev = (service: string, operation: string, parameters = {}) =>
  system.aws(DEV, service, operation, parameters);

const rehearse = (...args: string[]) => system.codeseries(["rehearse", "awssdk-iam", "dev", ...args]).ended;

/** One answer of the service through the load balancer. */
async function answer(path: string) {
  const { err, out } = await system.local("open", "awssdk-iam", "dev").ended;
  if (out === "") throw new Error(err);
  const response = await fetch(new URL(path, out.trim()));
  return { status: response.status, text: await response.text() };
}

/** Gradle, which the build of the example calls, is a stand-in; base images are made of this machine's programs. */
function prepareMachine() {
  const programs = system.file("machine");
  mkdirSync(programs);
  const standIn = join(ROOT, "__tests__/support/buildspec-runner/shims/gradle.sh");
  copyFileSync(standIn, join(programs, "gradle.sh"));
  writeFileSync(
    join(programs, "gradle"),
    `#!/bin/sh\nBUILD_MACHINE=${programs} exec bash ${programs}/gradle.sh "$@"\n`,
  );
  chmodSync(join(programs, "gradle"), 0o755);
  system.addToPath(programs);
}

function provideBaseImages() {
  const containers = system.file("local", "containers");
  const root = ["--root", join(containers, "storage"), "--runroot", join(containers, "run")];
  for (const image of ["java", "node"] as const)
    provideBaseImage(system.folder, image, "whole", [...root, "--storage-driver", "overlay"]);
}

/** `codeseries why` works in the account of the environment under a role of its own. */
function operatedConfig() {
  const config = parse(shippedYaml) as { accounts: { dev: object } };
  return {
    ...config,
    accounts: { ...config.accounts, dev: { ...config.accounts.dev, operate: { assumeRole: EMBEDDED_ROLE } } },
  };
}

/** The first line of `codeseries why` after each rehearsal: the cause. */
const CAUSES: Readonly<Record<string, RegExp>> = {
  release: /^The release succeeded$/,
  build: /^A command of the build ended with 1: .*docker build/,
  alarm: /^The alarm \S+-5xx stopped the deployment/,
  "5xx": /^The alarm \S+-5xx stopped the deployment; it counts failed requests \(5xx\) of the new version$/,
  crash: /^The container awssdk-iam ended by itself with the exit code 1$/,
  unhealthy:
    /^The alarm \S+-unhealthy stopped the deployment; it counts tasks that do not pass their health check/,
};

beforeAll(() => {
  system.configure(operatedConfig());
  prepareMachine();
});
afterAll(() => system.end());

describe("a push on a laptop", () => {
  it("needs a deployed system, which serves the placeholder", async () => {
    const { code, err } = await system.local("up", "--engine", "buildah").ended;
    expect(err).toContain("the engine buildah: it was asked for");
    expect(err).toContain("npx codeseries local push awssdk-iam");
    expect(code).toBe(0);
    provideBaseImages();
    expect((await answer("/iam/actuator/health")).status).toBe(200);
  });

  it("becomes a release", async () => {
    const pushed = await system.local("push", "awssdk-iam", EXAMPLE).ended;
    expect(pushed.out).toMatch(/^\w{8} was pushed to develop of awssdk-iam$/m);
    const watched = await system.local("watch", "awssdk-iam", "dev").ended;
    expect(watched.out).toMatch(
      /execution \w+ Succeeded\nSource Succeeded > Build Succeeded > \w+ Succeeded/,
    );
    expect(watched.code).toBe(0);
    const { status, text } = await answer("/iam/");
    expect(`${status} ${text}`).toMatch(/^200 .*0\.0\.1/s);
  });

  // The rehearsal of a release, which is next, ends with empty plans.
  it("is a release to AWS's API", () => {
    const { services } = dev("ecs", "describe_services", PLACE) as { services: [EcsService] };
    const [{ taskSets }] = services;
    const primary = taskSets.filter(({ status }) => status === "PRIMARY");
    // The tasks of the old one may still drain.
    expect(taskSets.filter(({ status }) => status === "ACTIVE")).toEqual([]);
    expect(primary.map((one) => one.taskDefinition)).toEqual([expect.stringMatching(/:2$/)]);
    const { taskDefinition } = dev("ecs", "describe_task_definition", {
      taskDefinition: primary[0]?.taskDefinition,
    }) as { taskDefinition: { containerDefinitions: [{ image: string }] } };
    const { image } = taskDefinition.containerDefinitions[0];
    expect(image).toMatch(/\/ecs\/dev-awssdk-iam@sha256:[0-9a-f]{64}$/);
    const { imageDetails } = dev("ecr", "describe_images", { repositoryName: "ecs/dev-awssdk-iam" }) as {
      imageDetails: { imageDigest: string }[];
    };
    expect(imageDetails.map(({ imageDigest }) => imageDigest)).toContain(image.split("@")[1]);
  });
});

describe("a rehearsal", () => {
  const ends = async (kind: string) => {
    const { code, err, out } = await rehearse(...(kind === "release" ? [] : ["--fail", kind]));
    // Without the table of the steps, so that a log that is cut short shows what is wrong.
    expect(out.slice(out.indexOf("requests:")) || err).toContain(`✓ ${kind}: ended as it should`);
    expect(code).toBe(0);
    const why = await system.codeseries(["why", "awssdk-iam", "dev"], system.env()).ended;
    expect(why.out.split("\n")[0] || why.err).toMatch(CAUSES[kind] ?? /nothing/);
    expect(why.code).toBe(0);
  };

  it.each(["release", "build", "alarm", "5xx", "crash"])("of %s ends as AWS would end it", ends);

  describeLong("that takes longer", () => {
    it("of unhealthy ends as AWS would end it", () => ends("unhealthy"));
  });

  it("needs a delivery that has what is to fail", async () => {
    const { code, err } = await rehearse("--fail", "approval");
    expect(err).toContain(
      "--fail approval: awssdk-iam in dev has no approval; set environments.dev.approval",
    );
    expect(code).toBe(2);
  });
});

describe("the roles of the system", () => {
  it("have made the calls that the permission proof requires, and no others", () => {
    const [delivery] = systemFile("codeseries.yaml").deliveries;
    if (!delivery) throw new Error("nothing is delivered");
    expect(compareWithProof(system.file("local", "calls.jsonl"), delivery)).toEqual({
      unproven: [],
      untaken: [],
      unused: [],
    });
  });
});

/** What `npm run soak` does ten times and at five points, once. */
describe("a release that moves traffic in steps, under load", () => {
  const PER_SECOND = 100;

  const running = () => {
    process.env.CODESERIES_LOCAL = system.file("local");
    return runningSystem(system.file("codeseries.yaml"), (line) => process.stdout.write(`${line}\n`));
  };
  afterAll(() => {
    delete process.env.CODESERIES_LOCAL;
  });

  it("loses no request, linear", async () => {
    const options = { kinds: ["linear"], perSecond: PER_SECOND, releases: 1 } as const;
    expect(await loadPart(await running(), options)).toBe(0);
  });

  it("loses no request as a canary, although the controllers are killed in it", async () => {
    const inCanary = POINTS.filter(({ name }) => name === "in the canary");
    expect(inCanary).toHaveLength(1);
    expect(await killsPart(await running(), PER_SECOND, inCanary)).toBe(0);
  });
});

describe("down", () => {
  it("leaves nothing but logs and what is used again", async () => {
    expect((await system.local("down").ended).code).toBe(0);
    expect(existsSync(system.file("local", "containers"))).toBe(false);
    const left = readdirSync(system.file("local")).filter(
      (name) => !/\.log$|^(plugin-cache|terraform\.rc|venv)$/.test(name),
    );
    expect(left).toEqual([]);
  });
});
