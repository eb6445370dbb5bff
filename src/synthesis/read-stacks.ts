import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../errors";
import { parseJson } from "./json";
import type { Stacks, SynthesizedStack } from "./synthesized";

/**
 * The stacks that an output folder of cdktf holds, in the order of their dependencies, by its manifest.
 *
 * @returns undefined if nothing was synthesized there.
 * @throws InputError if a file of it is missing or is not JSON.
 */
export function readStacks(outdir: string): Stacks | undefined {
  const file = join(outdir, "manifest.json");
  if (!existsSync(file)) return undefined;
  const { stacks = {} } = read(file) as {
    stacks?: Readonly<Record<string, { synthesizedStackPath: string }>>;
  };
  return Object.fromEntries(
    Object.entries(stacks).map(([name, { synthesizedStackPath: path }]) => [
      name,
      read(join(outdir, path)) as SynthesizedStack,
    ]),
  );
}

function read(file: string): unknown {
  if (!existsSync(file)) throw new InputError(`${file}: no such file`, "to write it: npx codeseries synth");
  return parseJson(readFileSync(file, "utf8"), file);
}
