import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stacks, SynthesizedStack } from "../access/evidence/synthesis";
import type { Config } from "../config/schema";
import { RESERVED_STACKS } from "../config/schema";
import { UsageError } from "./command";
import { keyTwice } from "./key-twice";

/**
 * The stacks of a configuration, as `npm run synth` left them.
 *
 * @throws UsageError when one is missing, is no JSON, or says something twice.
 */
export function readStacks(outdir: string, { environments }: Config): Stacks {
  const names = [...RESERVED_STACKS, ...Object.keys(environments)];
  return Object.fromEntries(
    names.map((name) => [name, readStack(join(outdir, "stacks", name, "cdk.tf.json"))]),
  );
}

function readStack(file: string): SynthesizedStack {
  if (!existsSync(file)) throw new UsageError(`${file}: no such file; run npm run synth first`);
  const text = readFileSync(file, "utf8");
  const stack = parse(file, text);
  if (typeof stack !== "object" || stack === null || Array.isArray(stack))
    throw new UsageError(`${file}: expected a synthesized stack; run npm run synth again`);
  const twice = keyTwice(text);
  if (twice !== undefined)
    throw new UsageError(`${file}: one thing has "${twice}" twice; run npm run synth again`);
  return stack;
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: broken JSON: ${(error as Error).message}; run npm run synth again`);
  }
}
