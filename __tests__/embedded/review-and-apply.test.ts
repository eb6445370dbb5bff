import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Review } from "../../src/review";
import { stacksWithChanges } from "../support/deployed";
import { EmbeddedProject } from "../support/embedded-project";

const SHARED = "202949997891";
const seed = readFileSync(join(__dirname, "..", "..", "codeseries.yaml"), "utf8");
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

  it("apply that review once the bucket exists, and leave empty plans", async () => {
    expect((await system.bootstrap()).code).toBe(0);
    const { code, err } = await run("apply", "--json");
    expect(code === 0 ? "" : err).toBe("");
    expect(await stacksWithChanges(system, STACKS)).toEqual([]);
    expect(existsSync(system.file("out", "review", "record.json"))).toBe(false);
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
    const { code: applied, err } = await run("apply", "--accept", dangerous[0]?.address ?? "");
    expect(applied === 0 ? "" : err).toBe("");
    expect(await stacksWithChanges(system, STACKS)).toEqual([]);
  });
});
