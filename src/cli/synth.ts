import { basename, dirname, join } from "node:path";
import { buildApp, stackNames, systemOfStack } from "../app";
import type { Fault } from "../config/fault";
import type { Config } from "../config/schema";
import { InputError } from "../errors";
import { oversizedDocuments } from "../synthesis/document-limits";
import { synthesize, writeOneStack, writeStacks, type StackFiles } from "../synthesis/stack-files";
import type { SynthesizedStack } from "../synthesis/synthesized";
import { loadSystem } from "../system/load";
import { systemOf } from "../system/system";
import { configFileOf, outdirOf, type Environment } from "./paths";

/** The files of every stack of a configuration, or of one. */
export const stackFilesOf = (config: Config, stack?: string): StackFiles =>
  synthesize((app) => {
    const system = systemOf(config);
    buildApp(app, stack === undefined ? system : systemOfStack(system, stack));
  }, stack);

/** Documents that are too large for AWS, in every stack that is JSON. */
function oversized(files: StackFiles): Fault[] {
  const stacks = [...files].filter(([file]) => file.endsWith(".tf.json"));
  return stacks.flatMap(([file, content]) =>
    oversizedDocuments(basename(dirname(file)), JSON.parse(content) as SynthesizedStack),
  );
}

/** A configuration, and the files that were written from it. */
export interface Synthesis {
  readonly config: Config;
  readonly outdir: string;
  /** The files of the stacks. */
  readonly files: readonly string[];
}

/**
 * Writes the Terraform JSON of every stack, or of one, in place of an earlier synthesis.
 *
 * @throws ConfigError with every fault, or InputError for an unknown stack. Nothing is written then.
 */
export function synthesizeConfiguration(env: Environment, stack?: string): Synthesis {
  const { config, errorOf, system } = loadSystem(configFileOf(env));
  const names = stackNames(system);
  if (stack !== undefined && !names.includes(stack))
    throw new InputError(`--stack: expected one of ${names.join(", ")}, got "${stack}"`);
  const files = stackFilesOf(config, stack);
  const faults = oversized(files);
  if (faults.length > 0) throw errorOf(faults);

  const outdir = outdirOf(env);
  if (stack === undefined) writeStacks(outdir, files);
  else writeOneStack(outdir, files);
  const stacks = [...files.keys()].filter((file) => file !== "manifest.json").sort();
  return { config, outdir, files: stacks.map((file) => join(outdir, file)) };
}
