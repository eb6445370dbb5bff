import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, Json>;

/** Blocks by type and id. */
export type Blocks = Record<string, Record<string, JsonObject>>;

/** A stack's synthesized file, as far as the bench reads it. */
export interface StackJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Record<string, { readonly value: Json }>;
  readonly provider: Record<string, JsonObject[]>;
  readonly terraform: { readonly backend: Record<string, JsonObject> };
}

interface Manifest {
  readonly stacks: Record<string, { readonly synthesizedStackPath: string }>;
}

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8")) as unknown;

/** The stacks of a synthesis, in the order in which the app made them. */
export function readStacks(outdir: string): Map<string, StackJson> {
  const { stacks } = readJson(join(outdir, "manifest.json")) as Manifest;
  return new Map(
    Object.entries(stacks).map(([name, { synthesizedStackPath }]) => [
      name,
      readJson(join(outdir, synthesizedStackPath)) as StackJson,
    ]),
  );
}

/** How many resources and data sources there are. */
export function countBlocks(stacks: Iterable<StackJson>): number {
  const blocks = [...stacks].flatMap(({ resource, data }) => [resource, data]);
  return blocks
    .flatMap((kind) => Object.values(kind ?? {}))
    .reduce((count, byId) => count + Object.keys(byId).length, 0);
}
