import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { parse } from "yaml";
import { buildApp } from "../../src/app";
import { parseConfig } from "../../src/config/parse";
import { showFault } from "../../src/config/fault";
import type { Config } from "../../src/config/schema";
import { checkNames } from "../../src/naming/check-names";
import type { Stack } from "./synth";

/** The configuration of a YAML text; fails with its faults. */
export function configOf(yaml: string): Config {
  const { config, faults } = parseConfig(parse(yaml), [checkNames]);
  if (!config) throw new Error(faults.map(showFault).join("\n"));
  return config;
}

/** The configuration of a file of this repository. */
export const configFile = (file: string) => configOf(readFileSync(join(__dirname, "..", "..", file), "utf8"));

/** The JSON of every stack, by name. Through `app.synth()`: see hashicorp/terraform-cdk#3538. */
export function synthApp(config: Config): Record<string, Stack> {
  const app = Testing.app({ stackTraces: false });
  buildApp(app, config);
  app.synth();
  const { stacks } = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, { synthesizedStackPath: string }>;
  };
  return Object.fromEntries(
    Object.entries(stacks).map(([name, { synthesizedStackPath }]) => [
      name,
      JSON.parse(readFileSync(join(app.outdir, synthesizedStackPath), "utf8")) as Stack,
    ]),
  );
}
