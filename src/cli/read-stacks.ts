import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { keyTwice } from "../access/evidence/key-twice";
import { readStack, type Stacks, type SynthesizedStack } from "../access/evidence/synthesis";
import type { Config } from "../config/schema";
import { RESERVED_STACKS } from "../config/schema";
import { InputError } from "../errors";
import { STACK_FILE, stackFolder } from "../terraform/stack-folder";

const SYNTHESIZE = "to write it again: codeseries synth";

/**
 * The stacks of a configuration in the output folder.
 *
 * @throws InputError if a stack is missing, is not JSON, or has a key twice.
 */
export function readStacks(outdir: string, { environments }: Config): Stacks {
  const names = [...RESERVED_STACKS, ...Object.keys(environments)];
  return Object.fromEntries(
    names.map((name) => [name, stackIn(join(stackFolder(outdir, name), STACK_FILE))]),
  );
}

function stackIn(file: string): SynthesizedStack {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new InputError(`${file}: no such file`, SYNTHESIZE);
  const text = readFileSync(file, "utf8");
  const stack = readStack(parse(file, text), file);
  const twice = keyTwice(text);
  if (twice !== undefined)
    throw new InputError(`${file}: the key "${twice}" occurs twice in an object`, SYNTHESIZE);
  return stack;
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file}: invalid JSON: ${(error as Error).message}`, SYNTHESIZE);
  }
}
