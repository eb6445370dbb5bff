import { groupBy } from "../group-by";
import type { ManagedPolicy, Policies, ResourceWithPolicy, Role } from "./policies";
import { parsePolicy, type PolicyJson } from "./policy-json";
import { assertReadable } from "./readable";
import { resolve, unescapeTemplate } from "./references";
import { resourceLists, RESOURCE_KINDS, type ResourceKindRow } from "./resource-kinds";
import { placeOf, resourcesOf, type Resource, type Stacks } from "./stacks";
import { UnreadableError } from "./unreadable";

/** Types that belong to another resource of the same stack, and the argument that refers to it. */
const BELONGING: Readonly<Record<string, string>> = {
  aws_iam_role_policy: "role",
  aws_iam_role_policy_attachment: "role",
  aws_kms_alias: "target_key_id",
  ...Object.fromEntries(RESOURCE_KINDS.map(({ argument, policyType }) => [policyType, argument])),
};

/**
 * Every policy of a synthesis, as Terraform would put it into AWS.
 *
 * @throws UnreadableError that names a reference or a policy that cannot be read, or a policy that belongs to
 * no resource of its stack.
 */
export function policiesOfStacks(stacks: Stacks): Policies {
  assertReadable(stacks);
  const resources = resourcesOf(stacks);
  const ofType = groupBy(resources, ({ type }) => type);
  const all = (type: string) => ofType.get(type) ?? [];
  const attribute = ({ id, stack, type }: Resource, name: string) =>
    resolve(stacks, stack, `\${${type}.${id}.${name}}`);
  const identify = (resource: Resource) => ({
    arn: attribute(resource, "arn"),
    account: placeOf(stacks, resource.stack).accountId,
  });
  const text = ({ block, stack }: Resource, argument: string) =>
    unescapeTemplate(resolve(stacks, stack, String(block[argument])));
  const document = (resource: Resource, argument: string) =>
    parsePolicy(
      text(resource, argument),
      `stack ${resource.stack}: ${argument} of ${resource.type}.${resource.id}`,
    );

  const belonging = groupBy(
    resources.filter(({ type }) => type in BELONGING),
    (resource) => [resource.stack, resource.type, text(resource, BELONGING[resource.type] ?? "")].join(" "),
  );
  const read = new Set<Resource>();
  const on = (owner: Resource, type: string, name: string): readonly Resource[] => {
    const found = belonging.get([owner.stack, type, name].join(" ")) ?? [];
    for (const one of found) read.add(one);
    return found;
  };

  const managed = all("aws_iam_policy").map((policy): ManagedPolicy => ({
    ...identify(policy),
    document: document(policy, "policy"),
  }));
  const attached = (role: Resource, arn: string): PolicyJson => {
    const found = managed.find((policy) => policy.arn === arn)?.document;
    if (found) return found;
    throw new UnreadableError(
      `stack ${role.stack}: aws_iam_role.${role.id} has ${arn} attached, which is not a policy of this system: detach it`,
    );
  };
  const roleOf = (role: Resource): Role => {
    const name = attribute(role, "name");
    const inline = on(role, "aws_iam_role_policy", name);
    const arns = [
      ...on(role, "aws_iam_role_policy_attachment", name).map((attachment) => text(attachment, "policy_arn")),
      ...[role.block.managed_policy_arns ?? []].flat().map((arn) => resolve(stacks, role.stack, String(arn))),
    ];
    return {
      ...identify(role),
      trust: document(role, "assume_role_policy"),
      identity: [
        ...inline.map((policy) => ({
          name: typeof policy.block.name === "string" ? policy.block.name : policy.id,
          document: document(policy, "policy"),
        })),
        ...arns.map((arn) => ({ name: arn, document: attached(role, arn) })),
      ],
    };
  };
  const resourceOf = (resource: Resource, row: ResourceKindRow): ResourceWithPolicy => {
    const name = attribute(resource, row.attribute);
    const policies = [
      ...on(resource, row.policyType, name),
      // A key can have its policy as an argument too.
      ...(resource.block.policy === undefined ? [] : [resource]),
    ];
    if (policies.length > 1)
      throw new UnreadableError(
        `stack ${resource.stack}: ${resource.type}.${resource.id} has ${policies.length} policies, and AWS keeps one`,
      );
    const aliases = on(resource, "aws_kms_alias", name).map(({ block }) => String(block.name));
    return {
      ...identify(resource),
      ...(row.kind === "key" && { aliases }),
      policy: policies[0] ? document(policies[0], "policy") : null,
    };
  };

  const policies = {
    roles: all("aws_iam_role").map(roleOf),
    managed,
    ...resourceLists((row) => all(row.type).map((resource) => resourceOf(resource, row))),
  };
  const unread = resources.find((resource) => resource.type in BELONGING && !read.has(resource));
  if (unread)
    throw new UnreadableError(
      `stack ${unread.stack}: ${unread.type}.${unread.id} belongs to no resource of this stack`,
    );
  return policies;
}
