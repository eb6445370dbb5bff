import { mkdirSync, writeFileSync } from "node:fs";
import { stacksWithChanges } from "../support/deployed";
import { EmbeddedProject } from "../support/embedded-project";

const ACCOUNTS = { shared: "111111111111", dev: "222222222222", prd: "444444444444" };

/** An alarm that is there already. */
const ALARM = "web-slo";

/** A VPC that is there already. */
const network = (digit: number) => ({
  vpcId: `vpc-0123456789abcdef${digit}`,
  publicSubnetIds: [0, 1].map((zone) => `subnet-0123456789abcd${digit}0${zone}`),
  privateSubnetIds: [2, 3].map((zone) => `subnet-0123456789abcd${digit}0${zone}`),
});

const environment = (digit: number) => ({
  cluster: "main",
  branch: "main",
  network: network(digit),
  ingress: { http: true, testTrafficFrom: ["203.0.113.0/24"] },
});

const CONFIG = {
  organization: "acme",
  region: "eu-central-1",
  state: { bucket: "acme-state" },
  accounts: Object.fromEntries(Object.entries(ACCOUNTS).map(([name, id]) => [name, { id }])),
  environments: {
    dev: { ...environment(1), branch: "develop" },
    prd: { ...environment(2), approval: true },
  },
  services: {
    web: {
      port: 8080,
      path: "/",
      healthCheckPath: "/health",
      deployment: {
        config: "CodeDeployDefault.ECSAllAtOnce",
        blueTerminationWaitMinutes: 12,
        alarmNames: [ALARM],
      },
    },
  },
};

const system = new EmbeddedProject();

const run = async (...args: string[]) => {
  const { code, err, out } = await system.codeseries(args, system.env()).ended;
  return { code, err, out };
};

const moment = () => new Promise((resolve) => setTimeout(resolve, 1_000));

interface Status {
  readonly state: string;
  readonly digests: readonly string[];
  readonly commit?: { readonly message: string };
  readonly release?: { readonly execution?: string; readonly deployment?: string };
  readonly lastGood?: { readonly deployment: string };
  readonly flags: readonly { readonly kind: string }[];
}

async function status(environmentName: string): Promise<Status> {
  const { code, err, out } = await run("status", "web", environmentName, "--json");
  if (code !== 0) throw new Error(err);
  const [found] = JSON.parse(out) as Status[];
  if (!found) throw new Error(out);
  return found;
}

/** Pushes a commit, and returns its id. */
async function push(message: string, to = "dev"): Promise<string> {
  writeFileSync(system.file("application", "version"), message);
  const args = [
    "local",
    "push",
    "web",
    system.file("application"),
    "--environment",
    to,
    "--message",
    message,
    "--json",
  ];
  const { code, err, out } = await run(...args);
  if (code !== 0) throw new Error(err);
  return (JSON.parse(out) as { commit: string }).commit;
}

async function release(message: string): Promise<void> {
  const { code, err, out } = await run("wait", "web", "dev", "--commit", await push(message));
  expect(code === 0 ? "" : out + err).toBe("");
}

beforeAll(() => {
  system.configure(CONFIG);
  mkdirSync(system.file("application"));
  writeFileSync(system.file("application", "Dockerfile"), "FROM public.ecr.aws/docker/library/busybox\n");
});
afterAll(() => system.end());

describe("commands on a running system", () => {
  it("refuse politely before anything is deployed, and without credentials", async () => {
    const nothing = {
      AWS_ENDPOINT_URL: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_EC2_METADATA_DISABLED: "true",
      HOME: system.folder,
    };
    const { code, err } = await system.codeseries(["status"], nothing).ended;
    expect(err).toMatch(/^accounts\.(shared|dev|prd): AWS accepted no credentials: /m);
    expect(err).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  it("show a system in which nothing was released", async () => {
    const { code, err } = await system.local("up", "--engine", "none").ended;
    expect(code === 0 ? "" : err).toBe("");
    expect(await status("dev")).toMatchObject({ state: "placeholder", flags: [] });
    expect(await run("rollback", "web", "dev")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^web dev: nothing has been released/) as string,
    });
    expect(await run("wait", "web", "dev")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^web dev: nothing has been released/) as string,
    });
    expect(await run("approve", "web", "prd")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^web prd: no release waits for approval/) as string,
    });
    expect(await run("approve", "web", "dev")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^environments\.dev\.approval: /) as string,
    });
    expect(await run("status", "wep")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^service: expected one of web, got "wep"/) as string,
    });
    expect(await run("status", "--profile", "stg=x")).toMatchObject({ code: 2 });
  });

  it("go back from the second release to the first one, and no further without being told", async () => {
    await release("First");
    const first = await status("dev");
    expect(first).toMatchObject({ state: "released", commit: { message: "First" }, flags: [] });
    await release("Second");
    expect((await status("dev")).commit?.message).toBe("Second");
    const back = await run("rollback", "web", "dev", "--wait");
    expect(back.out + back.err).toContain(`the version of ${first.lastGood?.deployment ?? ""}`);
    expect(back.code).toBe(0);
    const after = await status("dev");
    expect(after).toMatchObject({ digests: first.digests, lastGood: first.lastGood, flags: [] });
    const again = await run("rollback", "web", "dev");
    expect(again.out).toMatch(/^web dev: the version of d-\w+ runs already, because d-\w+ went back to it/);
    expect(again.code).toBe(0);
  });

  it("stop a release in flight, which is rolled back, and go back over it after a change of the pipeline", async () => {
    const before = await status("dev");
    for (const version of ["Third", "Fourth"]) {
      await push(version);
      while ((await status("dev")).release?.deployment === undefined) await moment();
      const stopped = await run("rollback", "web", "dev", "--wait");
      expect(stopped.out).toMatch(/^d-\w+ was stopped.*; d-\w+ rolled it back$/m);
      expect(stopped.code).toBe(5);
    }
    expect(await status("dev")).toMatchObject({ digests: before.digests, lastGood: before.lastGood });
    expect((await status("dev")).flags.map(({ kind }) => kind)).toEqual(["failed"]);
    expect((await run("rollback", "web", "dev")).out).toMatch(/ runs already, /);
    const name = "acme-shared-cdpl-web-dev";
    const { pipeline } = system.aws(undefined, "codepipeline", "get_pipeline", { name }) as {
      pipeline: object;
    };
    system.aws(undefined, "codepipeline", "update_pipeline", { pipeline });
    await release("Fifth");
    expect((await run("rollback", "web", "dev", "--wait")).code).toBe(0);
    expect(await status("dev")).toMatchObject({ digests: before.digests, flags: [] });
  });

  it("release an image by its digest, also while an alarm is on, and refuse one that ECR does not have", async () => {
    const { digests } = await status("dev");
    const again = ["release", "web", "dev", "--digest", digests[0] ?? "", "--wait"];
    const setAlarm = (StateValue: string) => {
      const reason = { AlarmName: ALARM, StateValue, StateReason: "a test" };
      system.aws(ACCOUNTS.dev, "cloudwatch", "set_alarm_state", reason);
    };
    setAlarm("ALARM");
    expect((await status("dev")).flags.map(({ kind }) => kind)).toEqual(["alarm"]);
    expect(await run(...again)).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^web dev: web-slo in ALARM: CodeDeploy would stop the deployment/,
      ) as string,
    });
    const released = await run(...again, "--ignore-alarms");
    expect(released.code === 0 ? "" : released.out + released.err).toBe("");
    setAlarm("OK");
    expect(await status("dev")).toMatchObject({ digests, flags: [] });
    const gone = await run("release", "web", "dev", "--digest", `sha256:${"0".repeat(64)}`);
    expect(gone).toMatchObject({
      code: 1,
      err: expect.stringMatching(/ECR does not have the image/) as string,
    });
  });

  it("approve a release with what it changes in view", async () => {
    const commit = await push("Sixth", "prd");
    while ((await run("approve", "web", "prd", "--show")).code !== 0) await moment();
    const { out } = await run("approve", "web", "prd", "--show");
    expect(out).toContain(`  ${commit.slice(0, 8)} Sixth`);
    expect(out).toMatch(/^image sha256:[0-9a-f]{64}$/m);
    expect(await run("approve", "web", "prd")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/expected an answer on a terminal, or --yes/) as string,
    });
    expect(await run("approve", "web", "prd", "--yes")).toMatchObject({ code: 0 });
    expect(await run("wait", "web", "prd")).toMatchObject({ code: 0 });
    expect(await status("prd")).toMatchObject({ state: "released", commit: { message: "Sixth" }, flags: [] });
    await push("Seventh", "prd");
    while ((await run("reject", "web", "prd", "--yes", "--summary", "not today")).code !== 0) await moment();
    expect((await run("wait", "web", "prd")).code).toBe(1);
    expect(await status("prd")).toMatchObject({ commit: { message: "Sixth" } });
  });

  it("leave empty plans", async () => {
    expect(await stacksWithChanges(system, ["dev", "prd", "shared"])).toEqual([]);
  });
});
