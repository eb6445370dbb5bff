import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { policiesOfStacks, provePermissions } from "../../src/permissions";
import { systemOf } from "../../src/system/system";
import type { Stack } from "../support/synth";
import { configFile, synthApp } from "../support/synth-app";
import { diagnosticsOfModules } from "../support/validate";

const root = join(__dirname, "..", "..");
const yamlIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `${folder}/${name}`);
const files = ["__tests__/fixtures/public-systems", "examples/configurations"].flatMap(yamlIn);

const outdir = mkdtempSync(join(tmpdir(), "codeseries-systems-"));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

/** What Terraform has to validate, by `<file>-<stack>`. */
const written: Record<string, Stack> = {};

function write(file: string, stacks: Readonly<Record<string, Stack>>): void {
  for (const [stack, content] of Object.entries(stacks))
    written[`${basename(file, ".yaml")}-${stack}`] = content;
}

describe("configurations of real systems", () => {
  it("are at least 12", () => {
    expect(files.filter((file) => file.startsWith("__tests__")).length).toBeGreaterThanOrEqual(12);
  });

  it.each(files)("%s says what it is, synthesizes, and has its permissions", async (file) => {
    expect(readFileSync(join(root, file), "utf8")).toMatch(/^# \S/);
    const config = configFile(file);
    const stacks = synthApp(config);
    write(file, stacks);
    const { failures } = await provePermissions(systemOf(config), policiesOfStacks(stacks));
    expect(failures).toEqual([]);
  });
});

describe("the shipped configuration and those of the tests", () => {
  it.each([
    ["codeseries.yaml", ["bootstrap", "dev", "shared"]],
    ["__tests__/fixtures/three-environments.yaml", ["bootstrap", "dev", "prd", "shared", "stg"]],
    ["__tests__/fixtures/one-account.yaml", ["bootstrap", "dev", "shared"]],
    ["__tests__/fixtures/sources.yaml", ["bootstrap", "dev", "prd", "shared"]],
  ])("%s has its stacks", (file, expected) => {
    const stacks = synthApp(configFile(file));
    write(file, stacks);
    expect(Object.keys(stacks).sort()).toEqual(expected);
  });
});

describe("all these stacks", () => {
  it("are valid for the real Terraform and the real provider, without a warning", () => {
    expect(Object.keys(written).length).toBeGreaterThan(files.length * 3);
    expect(diagnosticsOfModules(outdir, written)).toEqual([]);
  });
});
