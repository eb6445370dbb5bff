import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Review } from "../../src/review";
import { stacksWithChanges } from "../support/deployed";
import { EmbeddedProject } from "../support/embedded-project";

const SHARED = "202949997891";
const ROOT = join(__dirname, "..", "..");
const seed = readFileSync(join(ROOT, "codeseries.yaml"), "utf8");
const STACKS = ["bootstrap", "dev", "shared"];

const system = new EmbeddedProject();
beforeAll(async () => {
  system.configure(parse(seed));
  await system.startEmpty(SHARED, "ap-northeast-2");
});
afterAll(() => system.end());

/** The provider mostly waits for resources that the embedded AWS has at once. */
const fast = { TF_CLI_ARGS_apply: "-parallelism=32" };
const run = (...args: string[]) => system.codeseries(args, { ...system.env(), ...fast }).ended;

async function review() {
  const { code, err, out } = await run("review", "--json");
  if (out === "") throw new Error(err);
  return { code, err, ...(JSON.parse(out) as Review) };
}

const BUCKET = "bys-shared-s3-tfstate";
const s3 = (operation: string, parameters: object) => system.aws(SHARED, "s3", operation, parameters);

/** The script that a workflow runs for a pull request, in a checkout whose `npx` finds codeseries. */
function pullRequestJob() {
  mkdirSync(system.file("job", "bin"), { recursive: true });
  symlinkSync(system.file("out"), system.file("job", "cdktf.out"));
  const npx = `#!/bin/sh\nshift\nexec node ${ROOT}/bin/codeseries.mjs "$@"\n`;
  writeFileSync(system.file("job", "bin", "npx"), npx, { mode: 0o755 });
  const script = join(ROOT, "templates", "ci", "plan.sh");
  const PATH = `${system.file("job", "bin")}:${process.env.PATH ?? ""}`;
  const command = `cd "${system.file("job")}" && exec sh "${script}" github`;
  return system.begin("sh", ["-c", command], { ...system.env(), PATH }).ended;
}

const changes = (stacks: Review["stacks"], name: string) =>
  stacks.find((stack) => stack.name === name)?.changes ?? [];

describe("review and apply", () => {
  it("review every stack of an account where nothing exists, and apply nothing", async () => {
    const { code, stacks, verdict } = await review();
    expect([code, verdict]).toEqual([0, "look"]);
    expect(stacks.map(({ name, restsOn, stubbed }) => [name, stubbed, restsOn])).toEqual([
      ["bootstrap", false, []],
      ["dev", false, ["bootstrap"]],
      ["shared", false, ["bootstrap", "dev"]],
    ]);
    expect(changes(stacks, "dev").length).toBeGreaterThan(40);
    expect(changes(stacks, "shared").length).toBeGreaterThan(15);
    expect(stacks.flatMap((stack) => stack.changes.map(({ actions }) => actions.join()))).not.toContain(
      "delete",
    );
    expect(system.aws(undefined, "s3", "list_buckets")).toMatchObject({ Buckets: [] });
    expect(readdirSync(system.file("out", "review")).filter((file) => file.endsWith(".tfplan"))).toEqual([]);
  });

  it("apply nothing before the bucket of the states exists", async () => {
    const { code, err } = await run("apply");
    expect(err).toContain("the state bucket bys-shared-s3-tfstate does not exist");
    expect(code).toBe(1);
  });

  it("apply that review once the bucket exists", async () => {
    expect((await system.bootstrap()).code).toBe(0);
    const { err, fault } = await run("apply", "--json");
    expect(fault).toBe("");
    expect(err).not.toContain("the new rule of");
    expect(existsSync(system.file("out", "review", "record.json"))).toBe(false);
  });

  it("leave empty plans, say the job of a pull request's comments, and an environment without a stack", async () => {
    // The state that an environment leaves behind when the configuration no longer has it.
    const stg = { Bucket: BUCKET, Key: "codeseries/bys/stg.tfstate" };
    s3("copy_object", { ...stg, CopySource: `${BUCKET}/codeseries/bys/dev.tfstate` });
    const left = s3("get_object", stg);
    const { code, err } = await pullRequestJob();
    expect(err).toContain(
      "stg: the state has resources, and the configuration no longer has the environment, so nothing plans them",
    );
    expect(err).toMatch(/to remove it, put it back, and destroy it first: \S*destroy\.md/);
    expect(code).toBe(4);
    const { stacks } = JSON.parse(system.text("job", "review.json")) as Review;
    expect(stacks.map(({ changes: all, name }) => [name, all.filter(({ drift }) => !drift)])).toEqual(
      STACKS.map((name) => [name, []]),
    );
    expect(readdirSync(system.file("job", "comments")).sort()).toEqual(STACKS.map((name) => `${name}.md`));
    // What the embedded AWS reports otherwise after a first apply is to be looked at.
    for (const name of STACKS)
      expect(system.text("job", "comments", `${name}.md`)).toMatch(
        new RegExp(`^<!-- codeseries ${name} -->\n## Plan review: (safe|look)\n`),
      );
    expect(system.text("job", "review.html")).toContain("<!doctype html>");
    expect((s3("get_object", stg) as { Body: string }).Body).toBe((left as { Body: string }).Body);
    s3("delete_object", stg);
  });

  it("apply a dangerous change only if its address is accepted", async () => {
    const config = parse(seed) as { environments: { dev: { ingress: object } } };
    config.environments.dev.ingress = {
      ...config.environments.dev.ingress,
      testTrafficFrom: ["0.0.0.0/0"],
      testTrafficFromInternet: true,
    };
    system.configure(config);
    const { code, stacks } = await review();
    expect(code).toBe(3);
    const dangerous = changes(stacks, "dev").filter(({ verdict }) => verdict === "dangerous");
    expect(dangerous.map(({ rule }) => rule)).toEqual(["addresses-admitted"]);
    const refused = await run("apply");
    expect([refused.code, refused.err]).toEqual([
      3,
      expect.stringContaining("is dangerous, and was not accepted"),
    ]);
    const { fault } = await run("apply", "--accept", dangerous[0]?.address ?? "");
    expect(fault).toBe("");
    expect(await stacksWithChanges(system, STACKS)).toEqual([]);
  });
});
