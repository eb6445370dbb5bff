import { z } from "zod";
import type { Place } from "../../system/arns";
import { UnreadableError } from "./unreadable";

/** A block of synthesized Terraform: keys in snake_case, references as `${…}`. */
export type Block = Readonly<Record<string, unknown>>;

/** Blocks by type and logical id. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** The parts of a synthesized stack that are read here. */
export interface SynthesizedStack {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Readonly<Record<string, Block>>;
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly terraform?: { readonly backend?: Readonly<Record<string, Block>> };
}

/** Every stack of a synthesis, by name. */
export type Stacks = Readonly<Record<string, SynthesizedStack>>;

const block = z.record(z.string(), z.unknown());
const blocks = z.record(z.string(), z.record(z.string(), block));

/** Terraform also reads other forms, such as a list of blocks. cdktf writes this one. */
const stackShape = z.looseObject({
  resource: blocks.optional(),
  data: blocks.optional(),
  output: z.record(z.string(), block).optional(),
  provider: z.record(z.string(), z.array(block)).optional(),
  terraform: z.looseObject({ backend: z.record(z.string(), block).optional() }).optional(),
});

/**
 * A stack, as cdktf writes it.
 *
 * @param origin Where the stack is from, for the message.
 * @throws UnreadableError that names the first value with another shape.
 */
export function readStack(value: unknown, origin: string): SynthesizedStack {
  const { data, error } = stackShape.safeParse(value);
  if (data) return data;
  const [fault] = error.issues;
  const place = fault?.path.join(".") ?? "";
  throw new UnreadableError(
    `${origin}: expected a synthesized stack${place && `; ${place}`}: ${fault?.message ?? ""}`,
  );
}

/** The account and region of a stack's resources. */
export function placeOf(stacks: Stacks, name: string): Place {
  const { allowed_account_ids: accounts, region } = stackNamed(stacks, name).provider?.aws?.[0] ?? {};
  if (!Array.isArray(accounts) || accounts.length !== 1 || typeof region !== "string")
    throw new UnreadableError(`stack ${name}: expected a provider with one allowed account and a region`);
  return { accountId: String(accounts[0]), region };
}

export function stackNamed(stacks: Stacks, name: string): SynthesizedStack {
  const stack = stacks[name];
  if (!stack) throw new UnreadableError(`there is no stack ${name}`);
  return stack;
}

/** A resource of a stack. */
export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly id: string;
  readonly block: Block;
}

/** Every resource of every stack. */
export const resourcesOf = (stacks: Stacks): Resource[] =>
  Object.entries(stacks).flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, block]) => ({ stack, type, id, block })),
    ),
  );
