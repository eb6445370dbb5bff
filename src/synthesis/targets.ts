import { producerOf, resolve } from "./references";
import { resourcesOf, type Resource, type Stacks } from "./synthesized";

/** A resource's place in a synthesis, such as `dev aws_lb.load-balancer`. */
export const placeNameOf = ({ id, stack, type }: Pick<Resource, "id" | "stack" | "type">) =>
  `${stack} ${type}.${id}`;

const OWN = /\b(aws_\w+)\.([\w-]+)\.\w+/g;
const REMOTE = /\bdata\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g;
const ARN = /arn:aws[\w-]*:[\w-]+:[\w-]*:\d*:[\w./:-]+/g;

/**
 * Finds what resources refer to: by Terraform's references, by the outputs of another stack, and by ARNs that
 * are computed from names.
 *
 * @returns a function that gives the names of the places that a resource refers to.
 */
export function targetFinder(stacks: Stacks): (resource: Resource) => ReadonlySet<string> {
  const byArn = new Map(
    resourcesOf(stacks).flatMap((resource) => {
      const arn = arnOf(stacks, resource);
      return arn === undefined ? [] : [[arn, placeNameOf(resource)] as const];
    }),
  );
  const referred = (stack: string, text: string): string[] => [
    ...[...text.matchAll(OWN)].map(([, type = "", id = ""]) => placeNameOf({ stack, type, id })),
    ...[...text.matchAll(REMOTE)].flatMap(([, remote = "", output = ""]) => {
      const producer = producerOf(stacks, stack, remote);
      const value = stacks[producer]?.output?.[output]?.value;
      return typeof value === "string" ? referred(producer, value) : [];
    }),
    ...[...text.matchAll(ARN)].flatMap(([arn]) => byArn.get(arn) ?? []),
  ];
  return ({ block, stack }) => new Set(referred(stack, JSON.stringify(block)));
}

/** The ARN that others may have computed; undefined if only an apply gives it. */
function arnOf(stacks: Stacks, { id, stack, type }: Resource): string | undefined {
  try {
    return resolve(stacks, stack, `\${${type}.${id}.arn}`);
  } catch {
    return undefined;
  }
}
