import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProviderMirror, mirrorConfiguration } from "../../src/terraform/provider-mirror";
import type { Stack } from "./synth";

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

/** Its keys, without values: what the provider checks before it has credentials. */
const shapeOf = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return typeof value;
  if (Array.isArray(value)) return value.map(shapeOf);
  const entries = Object.entries(value).filter(([key]) => key !== "tags");
  return Object.fromEntries(entries.map(([key, one]) => [key, shapeOf(one)]).sort());
};

/**
 * What `terraform validate` says of many stacks, as modules of one configuration in a folder. Terraform starts
 * a provider for each of its blocks, for half a second of processor time, so a block that another stack has with
 * other values is left out. So are backends: a module has none.
 */
export function diagnosticsOfModules(
  folder: string,
  stacks: Readonly<Record<string, Stack>>,
): readonly Diagnostic[] {
  const seen = new Set<string>();
  const names = Object.keys(stacks);
  for (const [name, content] of Object.entries(stacks)) {
    const { provider, terraform, ...resources } = content;
    const shape = JSON.stringify(shapeOf(provider));
    const own = seen.has(shape) ? {} : { provider };
    seen.add(shape);
    mkdirSync(join(folder, name));
    const json = { ...resources, ...own, terraform: { ...terraform, backend: undefined } };
    writeFileSync(join(folder, name, "cdk.tf.json"), JSON.stringify(json));
  }
  const modules = Object.fromEntries(names.map((name) => [name, { source: `./${name}` }]));
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ module: modules }));
  return diagnosticsOf(folder);
}
