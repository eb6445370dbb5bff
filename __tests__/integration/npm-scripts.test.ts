import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "codeseries-scripts-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
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

describe("npm run permissions", () => {
  it("is a page alone on standard output, if asked", () => {
    const env = { ...process.env, CDKTF_OUTDIR: join(folder, "proven") };
    execFileSync("npm", ["run", "synth"], { cwd: root, env, stdio: "ignore" });
    const page = execFileSync("npm", ["run", "--silent", "permissions", "--", "--html"], {
      cwd: root,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(page).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
  });
});
