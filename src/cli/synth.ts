import { basename, dirname, join } from "node:path";
import { buildApp, stackNames, systemOfStack } from "../app";
import type { Config } from "../config/schema";
import { InputError } from "../errors";
import { oversizedDocuments } from "../synthesis/document-limits";
import { synthesize, writeOneStack, writeStacks, type StackFiles } from "../synthesis/stack-files";
import type { Stacks, SynthesizedStack } from "../synthesis/synthesized";
import { loadSystem } from "../system/load";
import { systemOf } from "../system/system";
import { STACK_FILE } from "../terraform/stack-folder";
import { configFileOf, outdirOf } from "./paths";

/** The files of every stack of a configuration, or of one. */
export const stackFilesOf = (config: Config, stack?: string): StackFiles =>
  synthesize((app) => {
    const system = systemOf(config);
    buildApp(app, stack === undefined ? system : systemOfStack(system, stack));
  }, stack);

/** The stacks of a synthesis, by name. */
export const stacksOf = (files: StackFiles): Stacks =>
  Object.fromEntries(
    [...files]
      .filter(([file]) => basename(file) === STACK_FILE)
      .map(([file, text]) => [basename(dirname(file)), JSON.parse(text) as SynthesizedStack]),
  );

/**
 * Writes the Terraform JSON of every stack, or of one, in place of an earlier synthesis.
 *
 * @returns the configuration, its warnings, the stacks, and their files.
 * @throws ConfigError with every fault, or InputError for an unknown stack. Nothing is written then.
 */
export function synthesizeConfiguration(env: NodeJS.ProcessEnv, stack?: string) {
  const { config, errorOf, system, warnings } = loadSystem(configFileOf(env));
  const names = stackNames(system);
  if (stack !== undefined && !names.includes(stack))
    throw new InputError(`--stack: expected one of ${names.join(", ")}, got "${stack}"`);
  const files = stackFilesOf(config, stack);
  const synthesized = stacksOf(files);
  const faults = Object.entries(synthesized).flatMap((named) => oversizedDocuments(...named));
  if (faults.length > 0) throw errorOf(faults);

  const outdir = outdirOf(env);
  if (stack === undefined) writeStacks(outdir, files);
  else writeOneStack(outdir, files);
  const stacks = [...files.keys()].filter((file) => file !== "manifest.json").sort();
  return { config, outdir, warnings, stacks: synthesized, files: stacks.map((file) => join(outdir, file)) };
}
