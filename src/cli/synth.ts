import { basename, dirname, join } from "node:path";
import { oversizedDocuments } from "../synthesis/document-limits";
import type { SynthesizedStack } from "../synthesis/synthesized";
import { buildApp } from "../app";
import type { Fault } from "../config/fault";
import type { Config } from "../config/schema";
import { loadSystem } from "../system/load";
import { systemOf } from "../system/system";
import { synthesize, writeStacks, type StackFiles } from "./stack-files";
import { guarded, optionsOf, type Environment } from "./command";
import { ExitCode, type Output } from "./output";
import { configFileOf, outdirOf } from "./places";

export const SYNTH_HELP = `Usage: npm run synth [-- --help]

Turns codeseries.yaml into Terraform JSON, one folder a stack, in cdktf.out/stacks/.
Stacks that the configuration no longer has are removed. A faulty configuration changes nothing.

Environment:
  CODESERIES_CONFIG   the configuration file (codeseries.yaml)
  CDKTF_OUTDIR        the output folder (cdktf.out)

Exit codes: 0 done, 1 could not write, 2 faulty configuration or usage.`;

/** What a configuration becomes. */
export const stackFilesOf = (config: Config): StackFiles =>
  synthesize((app) => {
    buildApp(app, systemOf(config));
  });

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
 * Turns the configuration into Terraform JSON, in place of what was there.
 *
 * @throws ConfigError with every fault; nothing is written then.
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

/** `npm run synth`, and what the cdktf command line runs as the app. */
export function synth(args: readonly string[], env: Environment, output: Output): ExitCode {
  return guarded(output, () => {
    const options = { help: { type: "boolean", short: "h" } } as const;
    if (optionsOf({ args: [...args], options }, SYNTH_HELP).values.help) {
      output.out(SYNTH_HELP);
      return ExitCode.done;
    }
    output.err(synthesizeConfiguration(env).files.join("\n"));
    return ExitCode.done;
  });
}
