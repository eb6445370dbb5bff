import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { keyTwice } from "../access/evidence/key-twice";
import { readStack, type Stacks, type SynthesizedStack } from "../access/evidence/synthesis";
import type { Config } from "../config/schema";
import { RESERVED_STACKS } from "../config/schema";
import { STACK_FILE, stackFolder } from "../terraform/stack-folder";
import { UsageError } from "./command";

/**
 * The stacks of a configuration, as `npm run synth` left them.
 *
 * @throws UsageError when one is missing, is no JSON, or says something twice.
 */
export function readStacks(outdir: string, { environments }: Config): Stacks {
  const names = [...RESERVED_STACKS, ...Object.keys(environments)];
  return Object.fromEntries(
    names.map((name) => [name, stackIn(join(stackFolder(outdir, name), STACK_FILE))]),
  );
}

function stackIn(file: string): SynthesizedStack {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`${file}: no such file; run npm run synth first`);
  const text = readFileSync(file, "utf8");
  const stack = readStack(parse(file, text), file);
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
