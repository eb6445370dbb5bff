import { UnreadableError } from "../../synthesis/unreadable";
import { z } from "zod";

/** A block of synthesized Terraform: keys in snake_case, references as `${…}`. */
export type Block = Readonly<Record<string, unknown>>;

/** Blocks by type and logical id. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** What a synthesized stack holds, as far as anything here reads it. */
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

/** Terraform takes other forms too, such as a list of blocks; cdktf writes this one. */
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
 * @param origin Where it stands, for the message.
 * @throws UnreadableError that names the first place which is of another form.
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

/** Where AWS makes what a stack holds. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** @throws Error when there is no such stack, or it is open to more than one account. */
export function placeOf(stacks: Stacks, name: string): Place {
  const provider = stackNamed(stacks, name).provider?.aws?.[0];
  const { allowed_account_ids: accounts, region } = provider ?? {};
  if (!Array.isArray(accounts) || accounts.length !== 1 || typeof region !== "string")
    throw new UnreadableError(`stack ${name}: its provider names no region, or not one account`);
  return { accountId: String(accounts[0]), region };
}

/** @throws UnreadableError when there is none. */
export function stackNamed(stacks: Stacks, name: string): SynthesizedStack {
  const stack = stacks[name];
  if (!stack) throw new UnreadableError(`there is no stack ${name}`);
  return stack;
}

/** Every resource of a type, in every stack, with its stack's name and its own logical id. */
export function resourcesOf(stacks: Stacks, type: string) {
  return Object.entries(stacks).flatMap(([stack, { resource }]) =>
    Object.entries(resource?.[type] ?? {}).map(([id, block]) => ({ stack, id, block })),
  );
}

export { UnreadableError } from "../../synthesis/unreadable";
