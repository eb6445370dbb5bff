import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import { buildApp } from "../../src/app";
import { showFault } from "../../src/config/fault";
import { parseConfig } from "../../src/config/parse";
import type { Config } from "../../src/config/schema";
import { synthesize } from "../../src/synthesis/stack-files";
import { checks } from "../../src/system/checks";
import { systemOf, type System } from "../../src/system/system";
import type { Stack } from "./synth";

/** The configuration of a YAML text; fails with its faults. */
export function configOf(yaml: string): Config {
  const { config, faults } = parseConfig(parse(yaml, { merge: true }), checks);
  if (!config) throw new Error(faults.map(showFault).join("\n"));
  return config;
}

/** The system of a YAML text. */
export const systemOfYaml = (yaml: string): System => systemOf(configOf(yaml));

/** The system of a file of this repository. */
export const systemFile = (file: string): System => systemOf(configFile(file));

/** The configuration of a file of this repository. */
export const configFile = (file: string) => configOf(readFileSync(join(__dirname, "..", "..", file), "utf8"));

/** The stacks that each stack waits for, by name. */
export type Dependencies = Record<string, readonly string[]>;

/**
 * The JSON of every stack, by name, and the order that cdktf keeps. Through `app.synth()`, as
 * `Testing.synth` does not resolve references between stacks: see hashicorp/terraform-cdk#3538.
 */
export function synthSystem(config: Config): { stacks: Record<string, Stack>; dependencies: Dependencies } {
  const files = synthesize((app) => {
    buildApp(app, systemOf(config));
  });
  const stacks = [...files].filter(([file]) => file.endsWith("cdk.tf.json"));
  const manifest = JSON.parse(files.get("manifest.json") ?? "") as {
    stacks: Record<string, { dependencies: string[] }>;
  };
  return {
    stacks: Object.fromEntries(
      stacks.map(([file, json]) => [basename(dirname(file)), JSON.parse(json) as Stack]),
    ),
    dependencies: Object.fromEntries(
      Object.entries(manifest.stacks).map(([name, { dependencies }]) => [name, dependencies]),
    ),
  };
}

/** The JSON of every stack, by name. */
export const synthApp = (config: Config) => synthSystem(config).stacks;
