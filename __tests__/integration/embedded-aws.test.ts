import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const python = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync("python3", args, { cwd: root, env: { ...process.env, ...env }, encoding: "utf8" });
const suite = ["-m", "unittest", "discover", "-s", "__tests__/local/moto"];

/** Counted as skipped, by its name, where the machine has no moto. */
const withMoto = python(["-c", "import moto, boto3"]).status === 0 ? it : it.skip;

describe("the corrections of the embedded AWS (needs Python's moto and boto3)", () => {
  withMoto("pass their own tests", () => {
    const { status, stderr } = python([...suite, "--verbose"]);
    expect(stderr.match(/^(FAIL|ERROR): .*$/gm) ?? []).toEqual([]);
    expect(stderr).toMatch(/\.\.\. ok$/m);
    expect(stderr).toMatch(/Ran [1-9]\d* tests/);
    expect(status).toBe(0);
  });

  withMoto("are each needed: on stock moto every test fails", () => {
    const { stderr } = python([...suite, "--verbose"], { CODESERIES_STOCK_MOTO: "1" });
    expect(stderr).toMatch(/Ran [1-9]\d* tests/);
    expect(stderr).not.toMatch(/\.\.\. ok$/m);
  });
});
