import { KNOWN_TYPES } from "./known-types";
import { UnreadableError, type Block, type Stacks, type SynthesizedStack } from "./synthesis";

/** Arguments that say how often, and where, a resource is made: one reading of a block is not enough then. */
const META_ARGUMENTS = ["count", "for_each", "provider"];

/** Arguments that say who may do what, and are not read, by type. */
const UNREAD_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["inline_policy", "permissions_boundary"],
  aws_s3_bucket: ["policy", "acl", "grant"],
};

/**
 * Makes sure that a synthesis says nothing about who may do what in a way that is not read here.
 *
 * @throws UnreadableError that names the first thing that does: nothing is passed over.
 */
export function assertReadable(stacks: Stacks): void {
  for (const [name, stack] of Object.entries(stacks)) {
    assertOneProvider(name, stack);
    for (const [type, blocks] of Object.entries(stack.resource ?? {}))
      for (const [id, block] of Object.entries(blocks)) assertKnown(name, type, id, block);
  }
}

function assertOneProvider(name: string, { provider = {} }: SynthesizedStack): void {
  if (Object.values(provider).flat().length !== 1)
    throw new UnreadableError(
      `stack ${name}: expected one provider, got several; which one makes what is not read`,
    );
}

function assertKnown(stack: string, type: string, id: string, block: Block): void {
  const place = `stack ${stack}: cannot read ${type}.${id}`;
  if (!KNOWN_TYPES.has(type))
    throw new UnreadableError(
      `${place}: it may grant rights; if it cannot, add its type to src/access/known-types.ts`,
    );
  const unread = [...META_ARGUMENTS, ...(UNREAD_ARGUMENTS[type] ?? [])].filter(
    (key) => block[key] !== undefined,
  );
  if (unread.length > 0)
    throw new UnreadableError(`${place}: its ${unread.join(", ")} is not understood here`);
}
