import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Paint } from "../../src/permissions";
import { access } from "../../src/cli/access";
import { synth } from "../../src/cli/synth";
import { Reporter } from "../../src/process/reporter";
import { shippedYaml } from "./faults";

const plain: Paint = (_, text) => text;

const silent = new Reporter({ write: () => undefined });

/**
 * `npm run access` in a folder of its own, for the shipped configuration as it was synthesized there. What a
 * test does to the shared stack is undone after it.
 */
export function permissionsCommand() {
  const folder = mkdtempSync(join(tmpdir(), "codeseries-permissions-"));
  const configuration = join(folder, "codeseries.yaml");
  const outdir = join(folder, "cdktf.out");
  const env = { CODESERIES_CONFIG: configuration, CDKTF_OUTDIR: outdir };
  writeFileSync(configuration, shippedYaml);
  synth([], env, { out: () => undefined, err: () => undefined });

  async function run(args: readonly string[], own: Record<string, string> = {}) {
    const said = { out: [] as string[], err: [] as string[] };
    const output = {
      out: (text: string) => said.out.push(text),
      err: (text: string) => said.err.push(text),
    };
    const code = await access(args, { ...env, ...own }, output, { paint: plain, reporter: silent });
    return { code, out: said.out.join("\n"), err: said.err.join("\n") };
  }
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
