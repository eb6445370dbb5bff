import { InputError } from "../../errors";
import { resolve, unescapeTemplate } from "../../synthesis/references";
import { placeOf, resourcesOf, type Resource, type Stacks } from "../../synthesis/synthesized";
import { groupBy } from "../../group-by";
import { RESOURCE_KINDS } from "./policies";
import { listOf, parsePolicy, type OneOrMany } from "./policy-json";

/** Types that belong to another resource of the same stack, and the argument that refers to it. */
const BELONGING: Readonly<Record<string, string>> = {
  aws_iam_role_policy: "role",
  aws_iam_role_policy_attachment: "role",
  aws_kms_alias: "target_key_id",
  ...Object.fromEntries(
    RESOURCE_KINDS.flatMap((row) => ("on" in row ? [[`${row.type}_policy`, row.on]] : [])),
  ),
};

/** Reads the resources of stacks, as Terraform would put them into AWS. */
export type StackReader = ReturnType<typeof stackReader>;

export function stackReader(stacks: Stacks) {
  const resources = resourcesOf(stacks);
  const ofType = groupBy(resources, ({ type }) => type);
  const attribute = ({ id, stack, type }: Resource, name: string) =>
    resolve(stacks, stack, `\${${type}.${id}.${name}}`);
  const accountOf = ({ stack }: Resource) => placeOf(stacks, stack).accountId;
  const texts = ({ block, stack }: Resource, argument: string) =>
    listOf(block[argument] as OneOrMany | undefined).map((one) =>
      unescapeTemplate(resolve(stacks, stack, one)),
    );

  const unread = new Set(resources.filter(({ type }) => type in BELONGING));
  const byOwner = groupBy([...unread], (resource) => {
    const { stack, type } = resource;
    return [stack, type, ...texts(resource, BELONGING[type] ?? "")].join(" ");
  });
  return {
    all: (type: string) => ofType.get(type) ?? [],
    accountOf,
    identify: (resource: Resource) => ({ arn: attribute(resource, "arn"), account: accountOf(resource) }),
    /** The values of an argument. */
    texts,
    document(resource: Resource, argument: string) {
      const { id, stack, type } = resource;
      return parsePolicy(texts(resource, argument).join(), `stack ${stack}: ${argument} of ${type}.${id}`);
    },
    /** The resources of a type that belong to another. */
    on(owner: Resource, type: string) {
      const found = byOwner.get([owner.stack, type, attribute(owner, "id")].join(" ")) ?? [];
      for (const one of found) unread.delete(one);
      return found;
    },
    /** @throws InputError that names a resource that should belong to another, and was not read with any. */
    assertAllRead() {
      for (const { id, stack, type } of unread)
        throw new InputError(`stack ${stack}: ${type}.${id} belongs to no resource of this stack`);
    },
  };
}
