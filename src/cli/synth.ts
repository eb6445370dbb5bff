import { basename, dirname, join } from "node:path";
import { oversizedDocuments } from "../access/evidence/document-limits";
import type { SynthesizedStack } from "../access/evidence/synthesis";
import { buildApp } from "../app";
import type { Fault } from "../config/fault";
import type { Config } from "../config/schema";
import { loadSystem } from "../system/load";
import { systemOf } from "../system/system";
import { synthesize, writeStacks, type StackFiles } from "./stack-files";
import { configFileOf, outdirOf, type Environment } from "./paths";

/** The files of every stack of a configuration. */
export const stackFilesOf = (config: Config): StackFiles =>
  synthesize((app) => {
    buildApp(app, systemOf(config));
  });

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
 * Writes the Terraform JSON of every stack, in place of an earlier synthesis.
 *
 * @throws ConfigError with every fault of the configuration. Nothing is written then.
 */
export function synthesizeConfiguration(env: Environment): Synthesis {
  const { config, errorOf } = loadSystem(configFileOf(env));
  const files = stackFilesOf(config);
  const faults = oversized(files);
  if (faults.length > 0) throw errorOf(faults);

  const outdir = outdirOf(env);
  writeStacks(outdir, files);
  const stacks = [...files.keys()].filter((file) => file !== "manifest.json").sort();
  return { config, outdir, files: stacks.map((file) => join(outdir, file)) };
}
