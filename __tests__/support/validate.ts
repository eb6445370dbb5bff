import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProviderMirror, mirrorConfiguration } from "../../src/terraform/provider-mirror";

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
}

/** What `terraform validate` says of a stack, with the provider from a mirror if there is one. */
export function diagnosticsOf(stack: string): readonly Diagnostic[] {
  const mirror = findProviderMirror(process.env);
  const settings = mirror === undefined ? "disable_checkpoint = true\n" : mirrorConfiguration(mirror);
  const cliConfig = join(stack, "..", "terraform.rc");
  writeFileSync(cliConfig, settings);
  const terraform = (...args: string[]) =>
    execFileSync("terraform", [`-chdir=${stack}`, ...args], {
      encoding: "utf8",
      env: { ...process.env, TF_CLI_CONFIG_FILE: cliConfig, TF_IN_AUTOMATION: "1" },
    });
  terraform("init", "-backend=false", "-input=false");
  return (JSON.parse(terraform("validate", "-json")) as { diagnostics: Diagnostic[] }).diagnostics;
}

/** The same for many stacks without a backend, as modules of one configuration: the provider starts once. */
export function diagnosticsOfModules(folder: string, stacks: readonly string[]): readonly Diagnostic[] {
  const modules = stacks.map((stack, index) => [`stack${index}`, { source: `./${stack}` }] as const);
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ module: Object.fromEntries(modules) }));
  return diagnosticsOf(folder);
}
