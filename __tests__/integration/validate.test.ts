import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { diagnosticsOf } from "../support/validate";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "codeseries-validate-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each([
  ["codeseries.yaml", ["bootstrap", "dev", "shared"]],
  ["__tests__/fixtures/three-environments.yaml", ["bootstrap", "dev", "prd", "shared", "stg"]],
  ["__tests__/fixtures/one-account.yaml", ["bootstrap", "dev", "shared"]],
  ["__tests__/fixtures/sources.yaml", ["bootstrap", "dev", "prd", "shared"]],
])("the stacks of %s", (file, stacks) => {
  const outdir = join(folder, basename(file));

  beforeAll(() => {
    execFileSync("npm", ["run", "--silent", "synth"], {
      cwd: root,
      env: { ...process.env, CODESERIES_CONFIG: file, CDKTF_OUTDIR: outdir },
      stdio: "ignore",
    });
  });

  it("are all there", () => {
    expect(readdirSync(join(outdir, "stacks")).sort()).toEqual(stacks);
  });

  it.each(stacks)("%s is valid for the real Terraform and the real provider, without a warning", (stack) => {
    expect(diagnosticsOf(join(outdir, "stacks", stack))).toEqual([]);
  });
});
