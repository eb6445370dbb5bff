import { basename, dirname, join } from "node:path";
import { oversizedDocuments } from "../access/evidence/document-limits";
import type { SynthesizedStack } from "../access/evidence/synthesis";
import { buildApp, stackNames, systemOfStack } from "../app";
import type { Fault } from "../config/fault";
import type { Config } from "../config/schema";
import { loadSystem } from "../system/load";
import { systemOf } from "../system/system";
import { synthesize, writeOneStack, writeStacks, type StackFiles } from "../synthesis/stack-files";
import { guarded, optionsOf, UsageError, type Environment } from "./command";
import { ExitCode, type Output } from "./output";
import { configFileOf, outdirOf } from "./places";

export const SYNTH_HELP = `Usage: npm run synth [-- --stack <name>]

Turns codeseries.yaml into Terraform JSON, one folder for each stack, in cdktf.out/stacks/.
Stacks that the configuration no longer has are removed. A faulty configuration changes nothing.

Options:
  --stack <name>      only this stack: faster, and the other folders stay as they are
  -h, --help          this text

Environment:
  CODESERIES_CONFIG   the configuration file (codeseries.yaml)
  CDKTF_OUTDIR        the output folder (cdktf.out)

Exit codes: 0 done, 1 could not write, 2 faulty configuration or usage.`;

/** The files of every stack of a configuration, or of one. */
export const stackFilesOf = (config: Config, stack?: string): StackFiles =>
  synthesize((app) => {
    const system = systemOf(config);
    buildApp(app, stack === undefined ? system : systemOfStack(system, stack));
  }, stack);

/** Documents too large for AWS, of every stack that was synthesized as JSON. */
function oversized(files: StackFiles): Fault[] {
  const stacks = [...files].filter(([file]) => file.endsWith(".tf.json"));
  return stacks.flatMap(([file, content]) =>
    oversizedDocuments(basename(dirname(file)), JSON.parse(content) as SynthesizedStack),
  );
}

/** What a synthesis was of, and where it went. */
export interface Synthesis {
  readonly config: Config;
  readonly outdir: string;
  /** The files of the stacks. */
  readonly files: readonly string[];
}

/**
 * Writes the Terraform JSON of the configuration's stacks, or of one stack, in place of an earlier synthesis.
 *
 * @throws ConfigError with every fault, or UsageError for an unknown stack. Nothing is written then.
 */
export function synthesizeConfiguration(env: Environment, stack?: string): Synthesis {
  const { config, errorOf, system } = loadSystem(configFileOf(env));
  const names = stackNames(system);
  if (stack !== undefined && !names.includes(stack))
    throw new UsageError(`--stack: expected one of ${names.join(", ")}, got "${stack}"`);
  const files = stackFilesOf(config, stack);
  const faults = oversized(files);
  if (faults.length > 0) throw errorOf(faults);

  const outdir = outdirOf(env);
  if (stack === undefined) writeStacks(outdir, files);
  else writeOneStack(outdir, files);
  const stacks = [...files.keys()].filter((file) => file !== "manifest.json").sort();
  return { config, outdir, files: stacks.map((file) => join(outdir, file)) };
}

/** `npm run synth`, and what the cdktf command line runs as the app. */
export function synth(args: readonly string[], env: Environment, output: Output): ExitCode {
  return guarded(output, () => {
    const options = { stack: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
    const { help, stack } = optionsOf({ args: [...args], options }, SYNTH_HELP).values;
    if (help) {
      output.out(SYNTH_HELP);
      return ExitCode.done;
    }
    output.err(synthesizeConfiguration(env, stack).files.join("\n"));
    return ExitCode.done;
  });
}
