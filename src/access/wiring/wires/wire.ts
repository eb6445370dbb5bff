import type { Block } from "../../evidence/synthesis";

/** A resource that takes part, with what it must be: so that the chain's roles are those that AWS uses. */
export interface Wire {
  readonly account: string;
  readonly type: string;
  /** Arguments by which it is known. A resource that has one of them is it, and must have all the rest. */
  readonly by: readonly [string, ...string[]];
  /** All its arguments: one that is not here must not be there. */
  readonly block: Block;
}
