import type { Block, Stacks } from "../../src/access/evidence/synthesis";

/** A resource of a stack: `shared.aws_codepipeline`, or with a part of its id, `shared.aws_codepipeline.orders`. */
type Address = string;

/** The stacks with the value at a path of a resource replaced; nothing in its place removes it. */
export const altered = (stacks: Stacks, address: Address, path: string, by: unknown): Stacks =>
  withBlock(stacks, address, (block) => replaced(block, path === "" ? [] : path.split("."), by));

/** The stacks without a resource. */
export const without = (stacks: Stacks, address: Address): Stacks =>
  withBlock(stacks, address, () => undefined);

/** The stacks with a resource more. */
export function added(stacks: Stacks, stack: string, type: string, block: Block): Stacks {
  const resource = stacks[stack]?.resource ?? {};
  return {
    ...stacks,
    [stack]: { ...stacks[stack], resource: { ...resource, [type]: { ...resource[type], further: block } } },
  };
}

/** The resource at an address; fails when there is none. */
export function blockAt(stacks: Stacks, address: Address): Block {
  const { block } = found(stacks, address);
  return block;
}

function found(stacks: Stacks, address: Address) {
  const [stack = "", type = "", part = ""] = address.split(".");
  const [one] = Object.entries(stacks[stack]?.resource?.[type] ?? {}).filter(([id]) => id.includes(part));
  if (!one) throw new Error(`there is no ${address}`);
  return { stack, type, id: one[0], block: one[1] };
}

function withBlock(stacks: Stacks, address: Address, change: (block: Block) => unknown): Stacks {
  const { block, id, stack, type } = found(stacks, address);
  return replaced(stacks, [stack, "resource", type, id], change(block)) as Stacks;
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return typeof by === "function" ? (by as (before: unknown) => unknown)(value) : by;
  const entries = new Map(Object.entries(value ?? {}) as [string, unknown][]);
  const inner = replaced(entries.get(key), rest, by);
  if (inner === undefined) entries.delete(key);
  else entries.set(key, inner);
  return Array.isArray(value) ? [...entries.values()] : Object.fromEntries(entries);
}
