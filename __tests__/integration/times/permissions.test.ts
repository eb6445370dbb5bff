import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "codeseries-permissions-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ATTEMPTS = 8;

/**
 * Seconds, on a machine that does other work too. The three environments use every key of the configuration: with
 * the rights of applications, operators, builds and scaling they have 4,659 requests, where 8 seconds were for 3,273.
 */
const LIMITS = [
  ["codeseries.yaml", 3],
  ["__tests__/fixtures/three-environments.yaml", 12],
] as const;

describe("codeseries permissions", () => {
  it.each(LIMITS)("proves %s in less than %d seconds", (file, limit) => {
    const env = { ...process.env, CDKTF_OUTDIR: join(folder, file), CODESERIES_CONFIG: file };
    const run = (script: string) => execFileSync("npm", ["run", script], { cwd: root, env, stdio: "ignore" });
    run("synth");
    let fastest = Infinity;
    for (let attempt = 0; attempt < ATTEMPTS && fastest >= limit; attempt += 1) {
      const start = performance.now();
      run("permissions");
      fastest = Math.min(fastest, (performance.now() - start) / 1000);
    }
    expect(fastest).toBeLessThan(limit);
  });
});
