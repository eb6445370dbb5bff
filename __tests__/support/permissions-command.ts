import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeConfiguration } from "../../src/cli/synth";
import { shippedYaml } from "./faults";
import { runCli } from "./run-cli";

/**
 * `codeseries permissions` in a folder of its own, for the shipped configuration as it was synthesized there.
 * What a test changes in the shared stack is undone after it.
 */
export function permissionsCommand() {
  const folder = mkdtempSync(join(tmpdir(), "codeseries-permissions-"));
  const configuration = join(folder, "codeseries.yaml");
  const outdir = join(folder, "cdktf.out");
  const env = { CODESERIES_CONFIG: configuration, CDKTF_OUTDIR: outdir };
  writeFileSync(configuration, shippedYaml);
  synthesizeConfiguration(env);

  const run = (args: readonly string[], own: Record<string, string> = {}) =>
    runCli(["permissions", ...args], { ...env, ...own });
  const shared = join(outdir, "stacks", "shared", "cdk.tf.json");
  const synthesized = readFileSync(shared, "utf8");
  afterEach(() => {
    writeFileSync(shared, synthesized);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return { folder, shared, synthesized, run };
}
