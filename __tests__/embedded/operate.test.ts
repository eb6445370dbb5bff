import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { People } from "../support/aws-proxy/people";
import { stacksWithChanges } from "../support/deployed";
import { EmbeddedProject } from "../support/embedded-project";
import { describeLong } from "../support/long";

const ACCOUNT = "222222222222";
const PLACE = ["cases-api", "prod"] as const;

/** An alarm that is there already. */
const ALARM = "cases-slo";

interface Configuration {
  region: string;
  accounts: Record<string, { id: string }>;
  services: Record<string, { deployment: object }>;
}

/** A public system whose releases need an approval, in a network that is there already. */
function configuration(): Configuration {
  const file = join(__dirname, "..", "fixtures", "public-systems", "government-spring-api.yaml");
  const config = parse(readFileSync(file, "utf8")) as Configuration;
  const service = config.services[PLACE[0]];
  if (!service) throw new Error(file);
  service.deployment = { ...service.deployment, alarmNames: [ALARM], blueTerminationWaitMinutes: 12 };
  return config;
}

const system = new EmbeddedProject();

/**
 * Once the system is deployed, every command on it works under the policies that it provides for people. To decide
 * on each request takes two minutes on two cores, so it is done with CODESERIES_LONG only.
 */
let people: People | undefined;
const LONG = process.env.CODESERIES_LONG !== undefined;

const runAs = async (whose: "readers" | "operators", args: readonly string[]) => {
  const { code, err, fault, out } = await system.codeseries(args, people?.env(whose) ?? system.env()).ended;
  return { code, err, fault, out };
};

const READING = ["status", "wait", "why"];

const run = async (...args: string[]) => {
  const [command = ""] = args;
  if (command !== "local") return runAs(READING.includes(command) ? "readers" : "operators", args);
  const { code, err, fault, out } = await system.codeseries(args, system.env()).ended;
  return { code, err, fault, out };
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

async function status(): Promise<Status> {
  const { code, err, out } = await run("status", ...PLACE, "--json");
  if (code !== 0) throw new Error(err);
  const [found] = JSON.parse(out) as Status[];
  if (!found) throw new Error(out);
  return found;
}

/** Pushes a commit, and returns its id. */
async function push(message: string): Promise<string> {
  writeFileSync(system.file("application", "version"), message);
  const folder = system.file("application");
  const { code, err, out } = await run("local", "push", PLACE[0], folder, "--message", message, "--json");
  if (code !== 0) throw new Error(err);
  return (JSON.parse(out) as { commit: string }).commit;
}

/** Answers as soon as a release waits for it. */
async function answer(command: "approve" | "reject", ...args: string[]): Promise<void> {
  while ((await run(command, ...PLACE, "--yes", ...args)).code !== 0) await moment();
}

async function release(message: string): Promise<void> {
  const commit = await push(message);
  await answer("approve");
  const { fault } = await run("wait", ...PLACE, "--commit", commit);
  expect(fault).toBe("");
}

beforeAll(() => {
  system.configure(configuration());
  mkdirSync(system.file("application"));
  writeFileSync(system.file("application", "Dockerfile"), "FROM public.ecr.aws/docker/library/busybox\n");
});
afterAll(async () => {
  await system.end();
  await people?.stop();
});

const text = (pattern: RegExp) => expect.stringMatching(pattern) as string;

describe("commands on a running system", () => {
  it("refuse politely before anything is deployed, and without credentials", async () => {
    const nothing = {
      AWS_ENDPOINT_URL: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_EC2_METADATA_DISABLED: "true",
      HOME: system.folder,
    };
    const { code, err } = await system.codeseries(["status"], nothing).ended;
    expect(err).toMatch(/^accounts\.(shared|prod): AWS accepted no credentials: /m);
    expect(err).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  it("show a system in which nothing was released", async () => {
    const { fault } = await system.local("up", "--engine", "none").ended;
    expect(fault).toBe("");
    if (LONG) people = await People.of(system, configuration(), { prod: "prod", shared: "shared" });
    expect(await status()).toMatchObject({ state: "placeholder", flags: [] });
    for (const command of ["rollback", "wait"])
      expect(await run(command, ...PLACE)).toMatchObject({
        code: 1,
        err: text(/^cases-api prod: nothing has been released/),
      });
    expect(await run("approve", ...PLACE)).toMatchObject({
      code: 1,
      err: text(/^cases-api prod: no release waits for approval/),
    });
    expect(await run("status", "cases")).toMatchObject({
      code: 2,
      err: text(/^service: expected one of cases-api, got "cases"/),
    });
    expect(await run("status", "--profile", "stg=x")).toMatchObject({ code: 2 });
  });

  it("go back from the second release to the first one, and no further without being told", async () => {
    await release("First");
    const first = await status();
    expect(first).toMatchObject({ state: "released", commit: { message: "First" }, flags: [] });
    await release("Second");
    expect((await status()).commit?.message).toBe("Second");
    if (people)
      expect(await runAs("readers", ["rollback", ...PLACE])).toMatchObject({
        code: 1,
        err: text(
          /^accounts\.prod \(222222222222\): CreateDeployment was denied: User: arn:aws:sts::222222222222:assumed-role\/readers\/codeseries is not authorized to perform: codedeploy:CreateDeployment on resource: arn:aws:codedeploy:eu-west-2:222222222222:deploymentgroup:/,
        ),
      });
    const back = await run("rollback", ...PLACE, "--wait");
    expect(back.out + back.err).toContain(`the version of ${first.lastGood?.deployment ?? ""}`);
    expect(back.code).toBe(0);
    const after = await status();
    expect(after).toMatchObject({ digests: first.digests, lastGood: first.lastGood, flags: [] });
    const again = await run("rollback", ...PLACE);
    expect(again.out).toMatch(/^cases-api prod: the version of d-\w+ runs already; to go further back/);
    expect(again.code).toBe(0);
  });

  it("stop a release in flight, which is rolled back, and go back over it after a change of the pipeline", async () => {
    const before = await status();
    for (const version of ["Third", "Fourth"]) {
      await push(version);
      await answer("approve");
      // The deployment may not have begun.
      let stopped = await run("rollback", ...PLACE, "--wait");
      while (stopped.out.includes(" runs already; ")) stopped = await run("rollback", ...PLACE, "--wait");
      expect(stopped.out).toMatch(/^d-\w+ was stopped.*; d-\w+ rolled it back$/m);
      expect(stopped.code).toBe(5);
    }
    expect((await run("wait", ...PLACE)).code).toBe(5);
    const after = await status();
    expect(after).toMatchObject({ digests: before.digests, lastGood: before.lastGood });
    expect(after.flags.map(({ kind }) => kind)).toEqual(["failed"]);
    const why = await run("why", ...PLACE, "--json");
    expect(JSON.parse(why.out || why.err)).toMatchObject({ status: "rolled back", denied: [], notes: [] });
    expect((await run("rollback", ...PLACE)).out).toMatch(/ runs already; /);
    const { pipelines } = system.aws(undefined, "codepipeline", "list_pipelines") as {
      pipelines: { name: string }[];
    };
    const name = pipelines[0]?.name;
    const { pipeline } = system.aws(undefined, "codepipeline", "get_pipeline", { name }) as {
      pipeline: object;
    };
    system.aws(undefined, "codepipeline", "update_pipeline", { pipeline });
    await release("Fifth");
    expect((await run("rollback", ...PLACE, "--wait")).code).toBe(0);
    expect(await status()).toMatchObject({ digests: before.digests, flags: [] });
  });

  it("release an image by its digest, also while an alarm is on, and refuse one that ECR does not have", async () => {
    const { digests } = await status();
    const again = ["release", ...PLACE, "--digest", digests[0] ?? "", "--wait"];
    // There is no data, so what that means is the alarm's state.
    const setAlarm = async (TreatMissingData: "breaching" | "notBreaching", flags: readonly string[]) => {
      system.aws(ACCOUNT, "cloudwatch", "put_metric_alarm", {
        ...{ AlarmName: ALARM, MetricName: "errors", Namespace: "cases", Statistic: "Sum", Period: 60 },
        ...{
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: "GreaterThanThreshold",
          TreatMissingData,
        },
      });
      while ((await status()).flags.map(({ kind }) => kind).join() !== flags.join()) await moment();
    };
    await setAlarm("breaching", ["alarm"]);
    expect(await run(...again)).toMatchObject({
      code: 1,
      err: text(/^cases-api prod: cases-slo in ALARM: CodeDeploy would stop the deployment/),
    });
    const released = await run(...again, "--ignore-alarms");
    expect(released.fault).toBe("");
    await setAlarm("notBreaching", []);
    expect((await status()).digests).toEqual(digests);
    expect(await run("release", ...PLACE, "--digest", `sha256:${"0".repeat(64)}`)).toMatchObject({
      code: 1,
      err: text(/ECR does not have the image/),
    });
  });

  it("show what an approval would release, and reject it", async () => {
    const { commit: running } = await status();
    const commit = await push("Sixth");
    while ((await run("approve", ...PLACE, "--show")).code !== 0) await moment();
    const { out } = await run("approve", ...PLACE, "--show");
    expect(out).toContain(`  ${commit.slice(0, 8)} Sixth`);
    expect(out).toMatch(/^image sha256:[0-9a-f]{64}$/m);
    expect(await run("approve", ...PLACE)).toMatchObject({
      code: 2,
      err: text(/expected an answer on a terminal, or --yes/),
    });
    await answer("reject", "--summary", "not today");
    expect((await run("wait", ...PLACE)).code).toBe(1);
    expect(await status()).toMatchObject({ commit: running });
  });

  describeLong("under the policies for people", () => {
    it("have made their calls", () => {
      expect(people?.actions).toEqual(
        expect.arrayContaining(["codedeploy:CreateDeployment", "ecs:ListTasks"]),
      );
    });
  });

  it("leave empty plans", async () => {
    expect(await stacksWithChanges(system, ["bootstrap", "prod", "shared"])).toEqual([]);
  });
});
