import type { Place } from "../system/arns";

/** A block of synthesized Terraform: keys in snake_case, references as `${…}`. */
export type Block = Readonly<Record<string, unknown>>;

/** Blocks by type and logical id. */
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

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

/** The account and region of a stack's resources. */
export function placeOf(stacks: Stacks, name: string): Place {
  const { allowed_account_ids: accounts, region } = stacks[name]?.provider?.aws?.[0] ?? {};
  return { accountId: String(accounts), region: String(region) };
}
