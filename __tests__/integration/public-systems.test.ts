import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { policiesOfStacks, provePermissions } from "../../src/permissions";
import type { Stacks } from "../../src/synthesis/synthesized";
import { configFile, synthApp } from "../support/synth-app";
import { systemOf } from "../../src/system/system";
import { diagnosticsOfModules } from "../support/validate";

const root = join(__dirname, "..", "..");
const FOLDERS = ["__tests__/fixtures/public-systems", "examples/configurations"];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `${folder}/${name}`),
);

const outdir = mkdtempSync(join(tmpdir(), "codeseries-systems-"));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

/** The folders of the stacks that Terraform has to validate. */
const written: string[] = [];

function write(name: string, stacks: Stacks): void {
  for (const [stack, content] of Object.entries(stacks)) {
    const folder = join(name, stack);
    mkdirSync(join(outdir, folder), { recursive: true });
    // Terraform ignores the backend of a module, with a warning.
    const { terraform } = content as { terraform: object };
    const json = { ...content, terraform: { ...terraform, backend: undefined } };
    writeFileSync(join(outdir, folder, "cdk.tf.json"), JSON.stringify(json));
    written.push(folder);
  }
}

describe("configurations of real systems", () => {
  it("are at least 12", () => {
    expect(files.filter((file) => file.startsWith("__tests__")).length).toBeGreaterThanOrEqual(12);
  });

  it.each(files)("%s says what it is, synthesizes, and has its permissions", async (file) => {
    expect(readFileSync(join(root, file), "utf8")).toMatch(/^# \S/);
    const config = configFile(file);
    const stacks = synthApp(config);
    write(basename(file, ".yaml"), stacks);
    const { failures } = await provePermissions(systemOf(config), policiesOfStacks(stacks));
    expect(failures).toEqual([]);
  });

  it("are valid for the real Terraform and the real provider, without a warning", () => {
    expect(diagnosticsOfModules(outdir, written)).toEqual([]);
  });
});
