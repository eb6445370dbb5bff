import { resolve, unescapeTemplate } from "../../src/permissions/read/references";
import { placeOf } from "../../src/permissions/read/stacks";
import type { Block, Stack } from "./synth";

/** A resource of a system, with its references resolved. */
export interface Resource {
  readonly accountId: string;
  readonly type: string;
  readonly id: string;
  readonly block: Block;
}

/** Arguments that say nothing about what a resource is wired to. */
const IGNORED = ["//", "depends_on", "description", "lifecycle", "tags"];

/** Every resource of a system. A text with a reference to something without a known name stays as it is. */
export const resolvedResources = (stacks: Record<string, Stack>): Resource[] =>
  Object.entries(stacks).flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, block]) => ({
        accountId: placeOf(stacks, stack).accountId,
        type,
        id,
        block: mapTexts(without(block, IGNORED), (text) => resolved(stacks, stack, text)) as Block,
      })),
    ),
  );

function resolved(stacks: Record<string, Stack>, stack: string, text: string): string {
  try {
    return unescapeTemplate(resolve(stacks, stack, text));
  } catch {
    return text;
  }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
}

/** A block without some of its arguments. */
export const without = (block: Block, keys: readonly string[]): Block =>
  Object.fromEntries(Object.entries(block).filter(([key]) => !keys.includes(key)));

/** Every text in a value, with its path: `artifact_store.0.location`. */
export function textsIn(value: unknown, path: readonly string[] = []): { path: string; text: string }[] {
  if (typeof value === "string") return [{ path: path.join("."), text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, [...path, key]));
}
