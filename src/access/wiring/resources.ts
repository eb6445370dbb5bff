import { resolveKnown } from "../evidence/resolve";
import { placeOf, type Block, type Stacks } from "../evidence/synthesis";
import { POLICY_ARGUMENTS } from "./policy-arguments";

/** A resource with its references resolved, without its policies and what says nothing to AWS's services. */
export interface Resource {
  readonly stack: string;
  readonly account: string;
  readonly type: string;
  readonly id: string;
  readonly block: Block;
}

const SILENT_ARGUMENTS = ["//", "depends_on", "description", "tags"];

/** Every resource of every stack. */
export function resourcesIn(stacks: Stacks): Resource[] {
  return Object.entries(stacks).flatMap(([stack, { resource = {} }]) => {
    const { accountId: account } = placeOf(stacks, stack);
    return Object.entries(resource).flatMap(([type, blocks]) => {
      const left = [...SILENT_ARGUMENTS, ...(POLICY_ARGUMENTS[type] ?? [])];
      return Object.entries(blocks).map(([id, block]) => ({
        stack,
        account,
        type,
        id,
        block: resolveKnown(stacks, stack, without(block, left)),
      }));
    });
  });
}

const without = (block: Block, keys: readonly string[]): Block =>
  Object.fromEntries(Object.entries(block).filter(([key]) => !keys.includes(key)));
