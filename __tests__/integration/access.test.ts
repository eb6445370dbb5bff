import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mutate, type MutationResult } from "../../src/access/mutations/mutations";
import { survivors } from "../../src/access/mutations/survivors";
import { prove, type Proof } from "../../src/access/proof";
import { reportOf } from "../../src/access/report/report";
import { wiringFaults } from "../../src/access/wiring/wiring";
import { systemOf } from "../support/evidence";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "codeseries-access-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ATTEMPTS = 8;

describe("npm run access, for the shipped configuration", () => {
  it("is proven in less than 5 seconds", () => {
    const env = { ...process.env, CDKTF_OUTDIR: join(folder, "out") };
    const run = (script: string) => execFileSync("npm", ["run", script], { cwd: root, env, stdio: "ignore" });
    run("synth");
    let fastest = Infinity;
    for (let attempt = 0; attempt < ATTEMPTS && fastest >= 5; attempt += 1) {
      const start = performance.now();
      run("permissions");
      fastest = Math.min(fastest, (performance.now() - start) / 1000);
    }
    expect(fastest).toBeLessThan(5);
  });

  it("is a page alone on standard output, if asked", () => {
    const env = { ...process.env, CDKTF_OUTDIR: join(folder, "out") };
    const page = execFileSync("npm", ["run", "--silent", "permissions", "--", "--html"], {
      cwd: root,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(page).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
  });
});

describe.each([
  "codeseries.yaml",
  "__tests__/fixtures/three-environments.yaml",
  "__tests__/fixtures/one-account.yaml",
])("the system of %s", (file) => {
  const { config, evidence, stacks } = systemOf(file);
  let proof: Proof;
  let mutations: MutationResult;
  beforeAll(async () => {
    proof = await prove(config, evidence);
    mutations = await mutate(proof);
  });

  it("is proven: all that is needed is allowed, and all that is forbidden refused", () => {
    const { counts, failures, wiring } = reportOf(proof, {
      wiring: wiringFaults(config, evidence, stacks),
      differences: [],
    });
    expect(failures).toEqual([]);
    expect(wiring).toEqual([]);
    expect(counts).toMatchObject({ allowed: counts.needed, refused: counts.forbidden });
  });

  it("misses every statement that is removed", () => {
    const removed = mutations.fates.filter(({ mutant }) => mutant.kind === "statement removed");
    expect(removed.filter(({ killedBy }) => !killedBy)).toEqual([]);
    expect(removed.length).toBeGreaterThan(50);
  });

  it("notices every permission that is widened, but those whose reason is listed", () => {
    expect(
      mutations.unexplained.map(({ mutant }) => [mutant.policy.holder, mutant.sid, mutant.change]),
    ).toEqual([]);
    const widened = mutations.fates.filter(({ mutant }) => mutant.kind.endsWith("widened"));
    expect(widened.filter(({ killedBy }) => killedBy).length).toBeGreaterThan(0.9 * widened.length);
  });
});

describe("a reason why a mutant survives", () => {
  it("is listed for people too, each", () => {
    const documentation = readFileSync(join(root, "docs", "access.md"), "utf8");
    for (const { reason } of survivors) expect(documentation).toContain(reason);
  });
});
