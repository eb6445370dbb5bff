import { KNOWN_TYPES } from "./known-types";
import { UnreadableError, type Block, type Stacks, type SynthesizedStack } from "./synthesis";

/** What a stack is made of. Anything else, such as a module, could make resources that nobody reads. */
const SECTIONS = ["//", "data", "output", "provider", "resource", "terraform"];

/** Data sources that look up no role, bucket or key. */
const DATA_SOURCES = ["aws_availability_zones", "aws_vpc", "terraform_remote_state"];

/** Arguments that say how often, where, and with what beside it, a resource is made: its block is not all then. */
const META_ARGUMENTS = ["count", "for_each", "provider", "provisioner"];

/** Arguments that say who may do what, and are not read, by type. */
const UNREAD_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["inline_policy", "permissions_boundary"],
  aws_s3_bucket: ["policy", "acl", "grant"],
  aws_vpc_endpoint: ["policy"],
};

/**
 * Makes sure that a synthesis says nothing about who may do what in a way that is not read here.
 *
 * @throws UnreadableError that names the first thing that does: nothing is passed over.
 */
export function assertReadable(stacks: Stacks): void {
  for (const [name, stack] of Object.entries(stacks)) {
    assertOnly(name, Object.keys(stack), SECTIONS);
    assertOnly(name, Object.keys(stack.data ?? {}), DATA_SOURCES, "data.");
    assertOneProvider(name, stack);
    for (const [type, blocks] of Object.entries(stack.resource ?? {}))
      for (const [id, block] of Object.entries(blocks)) assertKnown(name, type, id, block);
  }
}

function assertOnly(stack: string, found: readonly string[], known: readonly string[], prefix = ""): void {
  const unread = found.filter((one) => !known.includes(one)).map((one) => prefix + one);
  if (unread.length > 0)
    throw new UnreadableError(`stack ${stack}: its ${unread.join(", ")} is not understood here`);
}

function assertOneProvider(name: string, { provider = {} }: SynthesizedStack): void {
  const { length } = Object.values(provider).flat();
  if (length !== 1)
    throw new UnreadableError(
      `stack ${name}: expected one provider, got ${length}; which one makes what is not read`,
    );
}

function assertKnown(stack: string, type: string, id: string, block: Block): void {
  const place = `stack ${stack}: cannot read ${type}.${id}`;
  if (!KNOWN_TYPES.has(type))
    throw new UnreadableError(
      `${place}: it may grant rights; if it cannot, add its type to src/access/evidence/known-types.ts`,
    );
  const unread = [...META_ARGUMENTS, ...(UNREAD_ARGUMENTS[type] ?? [])].filter(
    (key) => block[key] !== undefined,
  );
  if (unread.length > 0)
    throw new UnreadableError(`${place}: its ${unread.join(", ")} is not understood here`);
}
