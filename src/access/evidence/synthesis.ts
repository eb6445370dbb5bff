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

/** Something that must be read before anything can be proven, and cannot be. Its message names it. */
export class UnreadableError extends Error {}
