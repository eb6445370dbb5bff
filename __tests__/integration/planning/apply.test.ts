import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { applyReviewed } from "../../../src/planning/apply";
import { planFile, reviewFolder } from "../../../src/planning/files";
import { planStacks } from "../../../src/planning/plan-stacks";
import { readRecord, recordFile, writeRecord } from "../../../src/planning/record/record";
import { reviewed } from "../../../src/planning/review";
import { statesOf } from "../../../src/planning/states";
import { Interruption } from "../../../src/process/interruption";
import type { Stacks } from "../../../src/synthesis/synthesized";
import { runContext, type RunContext } from "../../../src/terraform/run/run";
import { EmbeddedAws, REGION } from "../../support/embedded-aws";

/** Two stacks of Terraform's built-in provider, with their states in S3: `shared` reads an output of `dev`. */
const stackOf = (key: string, more: object): Stacks[string] => ({
  terraform: { backend: { s3: { bucket: "states", key: `acme/${key}.tfstate`, region: REGION } } },
  ...more,
});
const remote = (output: string) => `\${data.terraform_remote_state.dev-state.outputs.${output}}`;
const config = { bucket: "states", key: "acme/dev.tfstate", region: REGION };
const shared = (output: string) =>
  stackOf("shared", {
    data: { terraform_remote_state: { "dev-state": { backend: "s3", config } } },
    resource: { terraform_data: { one: { input: remote(output) } } },
  });
/** `role` is known before an apply, `id` is not. */
const dev = (name: string) =>
  stackOf("dev", {
    resource: { terraform_data: { one: { input: name } } },
    output: { role: { value: `role-of-${name}` }, id: { value: "${terraform_data.one.id}" } },
  });

const aws = new EmbeddedAws();
const silent = { note: () => undefined, live: () => undefined, clear: () => undefined };
const variables = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: REGION,
  AWS_EC2_METADATA_DISABLED: "true",
  CHECKPOINT_DISABLE: "1",
};
let s3: S3Client;
let outdir: string;
let interruption: Interruption;
let context: RunContext;

beforeAll(async () => {
  const { url } = (await aws.start(),
  JSON.parse(readFileSync(join(aws.folder, "emulator.json"), "utf8"))) as {
    url: string;
  };
  Object.assign(process.env, variables, { AWS_ENDPOINT_URL: url });
  s3 = new S3Client({ region: REGION, endpoint: url, forcePathStyle: true });
  outdir = mkdtempSync(join(tmpdir(), "codeseries-planning-"));
  interruption = new Interruption(silent);
  const files = { log: join(outdir, "log"), runs: join(outdir, "runs") };
  context = runContext({ env: process.env, progress: silent, interruption, ...files });
});
afterAll(async () => {
  interruption.end();
  rmSync(outdir, { recursive: true });
  await aws.stop();
});

let stacks: Stacks;

function synthesize(synthesized: Stacks): void {
  stacks = synthesized;
  for (const [name, stack] of Object.entries(stacks)) {
    const file = join(outdir, "stacks", name, "cdk.tf.json");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(stack));
  }
  const manifest = { stacks: { dev: { dependencies: [] }, shared: { dependencies: ["dev"] } } };
  writeFileSync(join(outdir, "manifest.json"), JSON.stringify(manifest));
}

const planned = async () => {
  const system = {
    stateBucket: "states",
    statePrefix: "acme",
    shared: { name: "shared", id: "123456789012" },
  };
  return { outdir, stacks, states: await statesOf(s3, system) };
};

async function review() {
  const plans = await planStacks(context, await planned(), ["dev", "shared"]);
  const { record, review: result } = await reviewed(outdir, stacks, plans);
  writeRecord(outdir, { version: 1, commit: null, unplanned: [], ...record });
  return result.stacks.map(({ changes, name, restsOn, stubbed }) => {
    return { name, changes: changes.filter(({ type }) => type !== "output"), restsOn, stubbed };
  });
}

/** What is stored in the bucket, to see that nothing was applied. */
const stored = async () => {
  const { states } = await planned();
  return Promise.all(["dev", "shared"].map(async (name) => (await states.of(name))?.serial));
};

async function apply(accepted: readonly string[] = []) {
  const record = readRecord(recordFile(outdir));
  const onApplied = () => Promise.resolve();
  return applyReviewed(context, { ...(await planned()), record, accepted, onApplied });
}

const kept = () => ["dev", "shared"].filter((name) => existsSync(planFile(outdir, name)));

describe("a review before anything exists", () => {
  it("plans every stack without the bucket of the states, and keeps no plan", async () => {
    synthesize({ dev: dev("a"), shared: shared("role") });
    expect(await review()).toMatchObject([
      { name: "dev", restsOn: ["bootstrap"], stubbed: false, changes: [{ actions: ["create"] }] },
      { name: "shared", restsOn: ["bootstrap", "dev"], stubbed: false, changes: [{ actions: ["create"] }] },
    ]);
    expect(kept()).toEqual([]);
  });

  it("is applied once the bucket exists, if the changes are the reviewed ones", async () => {
    await s3.send(
      new CreateBucketCommand({
        Bucket: "states",
        CreateBucketConfiguration: { LocationConstraint: REGION },
      }),
    );
    await expect(apply()).resolves.toMatchObject({ again: [] });
    expect((await review()).map(({ changes, restsOn }) => [changes, restsOn])).toEqual([
      [[], []],
      [[], []],
    ]);
  });
});

describe("a change that another stack reads", () => {
  it("is planned there as it will be, before it is applied", async () => {
    synthesize({ dev: dev("b"), shared: shared("role") });
    expect(await review()).toMatchObject([
      { name: "dev", restsOn: [], changes: [{ actions: ["update"] }] },
      { name: "shared", restsOn: ["dev"], stubbed: false, changes: [{ actions: ["update"] }] },
    ]);
    expect(kept()).toEqual(["dev"]);
  });

  it.each<[string, () => void | Promise<void>, string, number]>([
    [
      "another configuration",
      () => void (stacks = { ...stacks, dev: dev("c") }),
      "dev: the configuration of the stack changed after the review",
      4,
    ],
    [
      "another plan file",
      () => {
        writeFileSync(planFile(outdir, "dev"), "x", { flag: "a" });
      },
      "dev: the plan file is not the one that was reviewed",
      3,
    ],
    [
      "no plan file",
      () => {
        rmSync(planFile(outdir, "dev"));
      },
      "dev: the reviewed plan file is gone",
      4,
    ],
  ])("is not applied with %s", async (_, alter, message, exitCode) => {
    const [before, own, file] = [await stored(), stacks, readFileSync(planFile(outdir, "dev"))];
    await alter();
    await expect(apply()).rejects.toMatchObject({
      message: expect.stringContaining(message) as string,
      exitCode,
    });
    expect(await stored()).toEqual(before);
    stacks = own;
    writeFileSync(planFile(outdir, "dev"), file);
  });

  it("is applied in both stacks, in order", async () => {
    const { applied } = await apply();
    expect(applied.map(({ name, result }) => [name, result])).toEqual([
      ["dev", "0 added, 1 changed, 0 destroyed"],
      ["shared", "0 added, 1 changed, 0 destroyed"],
    ]);
    expect(existsSync(join(reviewFolder(outdir), "record.json"))).toBe(false);
  });
});

describe("a plan of a state that moved", () => {
  it("is stale, and names the serials", async () => {
    synthesize({ dev: dev("c"), shared: shared("role") });
    await review();
    const record = readRecord(recordFile(outdir));
    const plan = readFileSync(planFile(outdir, "dev"));
    await apply();
    writeRecord(outdir, record);
    writeFileSync(planFile(outdir, "dev"), plan);
    const before = await stored();
    await expect(apply()).rejects.toMatchObject({
      message: expect.stringMatching(
        /dev: the state changed after the review: its serial was \d+, and is \d+/,
      ) as string,
      exitCode: 4,
    });
    expect(await stored()).toEqual(before);
  });
});

describe("a value that only the apply of another stack gives", () => {
  it("is marked in the review, and the stack is reviewed again after that apply", async () => {
    const fresh = stackOf("dev", {
      resource: { terraform_data: { other: { input: "new" } } },
      output: { id: { value: "${terraform_data.other.id}" } },
    });
    synthesize({ dev: fresh, shared: shared("id") });
    const [, second] = await review();
    expect(second).toMatchObject({
      restsOn: ["dev"],
      stubbed: true,
      changes: [{ details: expect.arrayContaining(["known after dev is applied: input"]) as string[] }],
    });
    expect(kept()).toEqual(["dev"]);
    const { again, applied } = await apply();
    expect([again, applied.map(({ name }) => name)]).toEqual([["shared"], ["dev"]]);
    expect(await review()).toMatchObject([
      { changes: [] },
      { stubbed: false, restsOn: [], changes: [{ actions: ["update"] }] },
    ]);
    expect((await apply()).again).toEqual([]);
  });
});

describe("a plan that rests on another", () => {
  it("is not applied if it turns out to be another one", async () => {
    synthesize({ dev: dev("d"), shared: shared("role") });
    await review();
    const record = readRecord(recordFile(outdir));
    const changes = { "terraform_data.one": "0".repeat(64) };
    const altered = record.stacks.map((one) => (one.name === "shared" ? { ...one, changes } : one));
    writeRecord(outdir, { ...record, stacks: altered });
    const [, before] = await stored();
    await expect(apply()).rejects.toMatchObject({
      message: "shared: the changes are not the reviewed ones: terraform_data.one",
      exitCode: 3,
    });
    expect((await stored())[1]).toBe(before);
  });
});
