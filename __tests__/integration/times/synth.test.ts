import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "codeseries-time-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ATTEMPTS = 8;

/** The best of some runs, no more than it takes to keep the limit: other work only makes one slower. */
function fastestSeconds(limit: number, command: string, ...args: string[]): number {
  const env = { ...process.env, CDKTF_OUTDIR: join(folder, "out"), CHECKPOINT_DISABLE: "1" };
  let fastest = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && fastest > limit; attempt += 1) {
    const start = performance.now();
    execFileSync(command, args, { cwd: root, env, stdio: "ignore" });
    fastest = Math.min(fastest, (performance.now() - start) / 1000);
  }
  return fastest;
}

describe("the time of a synthesis", () => {
  it("is at most 1.8 seconds by npm run synth", () => {
    expect(fastestSeconds(1.8, "npm", "run", "synth")).toBeLessThanOrEqual(1.8);
  });

  it("is at most 6 seconds by npx cdktf synth", () => {
    const outdir = join(folder, "cdktf");
    expect(fastestSeconds(6, "npx", "cdktf", "synth", "--output", outdir)).toBeLessThanOrEqual(6);
    expect(existsSync(join(outdir, "stacks", "shared", "cdk.tf.json"))).toBe(true);
  });
});

describe("a faulty configuration", () => {
  const broken = join(folder, "broken.yaml");
  writeFileSync(broken, "organization: bys\n");

  it("makes npm run synth exit 2, with one fault a line and no stack trace", () => {
    const env = { ...process.env, CODESERIES_CONFIG: broken, CDKTF_OUTDIR: join(folder, "none") };
    const { status, stderr } = spawnSync("npm", ["run", "--silent", "synth"], {
      cwd: root,
      env,
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(
      stderr
        .trim()
        .split("\n")
        .filter((line) => !line.startsWith("npm warn")),
    ).toHaveLength(5);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  it("leaves an output folder as it was under npx cdktf synth, and shows the faults", () => {
    const outdir = join(folder, "kept");
    execFileSync("npm", ["run", "--silent", "synth"], {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: outdir },
      stdio: "ignore",
    });
    cpSync(outdir, join(folder, "copy"), { recursive: true });
    const env = { ...process.env, CODESERIES_CONFIG: broken, CHECKPOINT_DISABLE: "1" };
    const { status, stdout, stderr } = spawnSync("npx", ["cdktf", "synth", "--output", outdir], {
      cwd: root,
      env,
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stdout + stderr).toContain("broken.yaml:1:1 services: expected");
    expect(spawnSync("diff", ["-r", outdir, join(folder, "copy")], { encoding: "utf8" }).stdout).toBe("");
  });
});
