import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { findProviderMirror, mirrorConfiguration } from "../../src/terraform/provider-mirror";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "codeseries-validate-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Terraform with the provider from a mirror where there is one, and from the registry elsewhere. */
function terraform(stack: string, ...args: string[]): string {
  const mirror = findProviderMirror(process.env);
  const cliConfig = join(folder, "terraform.rc");
  writeFileSync(
    cliConfig,
    mirror === undefined ? "disable_checkpoint = true\n" : mirrorConfiguration(mirror),
  );
  return execFileSync("terraform", [`-chdir=${stack}`, ...args], {
    encoding: "utf8",
    env: { ...process.env, TF_CLI_CONFIG_FILE: cliConfig, TF_IN_AUTOMATION: "1" },
  });
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
}

function diagnosticsOf(stack: string): Diagnostic[] {
  terraform(stack, "init", "-backend=false", "-input=false");
  const { diagnostics } = JSON.parse(terraform(stack, "validate", "-json")) as { diagnostics: Diagnostic[] };
  return diagnostics;
}

describe.each([
  ["codeseries.yaml", ["bootstrap", "dev", "shared"]],
  ["__tests__/fixtures/three-environments.yaml", ["bootstrap", "dev", "prd", "shared", "stg"]],
  ["__tests__/fixtures/one-account.yaml", ["bootstrap", "dev", "shared"]],
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
