import { resolve, unescapeTemplate } from "../../synthesis/references";
import { placeOf, resourcesOf, type Resource, type Stacks } from "../../synthesis/synthesized";
import { InputError } from "../../errors";
import { groupBy } from "../group-by";
import { resourceLists, RESOURCE_KINDS, type Policies, type ResourceWithPolicy, type Role } from "./policies";
import { parsePolicy, type PolicyJson } from "./policy-json";
import { assertReadable } from "./readable";

/** Types that belong to another resource of the same stack, and the argument that refers to it. */
const BELONGING: Readonly<Record<string, string>> = {
  aws_iam_role_policy: "role",
  aws_iam_role_policy_attachment: "role",
  aws_kms_alias: "target_key_id",
  ...Object.fromEntries(RESOURCE_KINDS.map(({ argument, type }) => [`${type}_policy`, argument])),
};

/**
 * Every policy of some stacks, as Terraform would put it into AWS.
 *
 * @throws InputError that names a reference or a policy that cannot be read, or a policy that belongs to
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
  const document = (resource: Resource, argument: string) => {
    const { id, stack, type } = resource;
    return parsePolicy(text(resource, argument), `stack ${stack}: ${argument} of ${type}.${id}`);
  };

  const unread = new Set(resources.filter(({ type }) => type in BELONGING));
  const belonging = groupBy([...unread], (resource) =>
    [resource.stack, resource.type, text(resource, BELONGING[resource.type] ?? "")].join(" "),
  );
  const on = (owner: Resource, type: string) => {
    const found = belonging.get([owner.stack, type, attribute(owner, "id")].join(" ")) ?? [];
    for (const one of found) unread.delete(one);
    return found;
  };

  const managed = all("aws_iam_policy").map((policy) => {
    return { ...identify(policy), document: document(policy, "policy") };
  });
  const attachedTo = (role: Resource, arn: string): PolicyJson => {
    const found = managed.find((policy) => policy.arn === arn);
    if (found) return found.document;
    const place = `stack ${role.stack}: aws_iam_role.${role.id}`;
    throw new InputError(`${place} has ${arn} attached, which is not a policy of the system: detach it`);
  };
  const roleOf = (role: Resource): Role => {
    const inline = on(role, "aws_iam_role_policy").map((policy) => ({
      name: typeof policy.block.name === "string" ? policy.block.name : policy.id,
      document: document(policy, "policy"),
    }));
    const attached = [
      ...on(role, "aws_iam_role_policy_attachment").map((attachment) => text(attachment, "policy_arn")),
      ...((role.block.managed_policy_arns ?? []) as string[]).map((arn) => resolve(stacks, role.stack, arn)),
    ].map((arn) => ({ name: arn, document: attachedTo(role, arn) }));
    const trust = document(role, "assume_role_policy");
    return { ...identify(role), trust, identity: [...inline, ...attached] };
  };
  const resourceOf = (resource: Resource): ResourceWithPolicy => {
    const { block, id, stack, type } = resource;
    // A key can have its policy as an argument too.
    const policies = [...on(resource, `${type}_policy`), ...(block.policy === undefined ? [] : [resource])];
    if (policies.length > 1)
      throw new InputError(`stack ${stack}: ${type}.${id} has ${policies.length} policies: AWS keeps one`);
    const aliases = on(resource, "aws_kms_alias").map((alias) => String(alias.block.name));
    return {
      ...identify(resource),
      ...(type === "aws_kms_key" && { aliases }),
      policy: policies[0] ? document(policies[0], "policy") : null,
    };
  };

  const policies = {
    roles: all("aws_iam_role").map(roleOf),
    managed,
    ...resourceLists(({ type }) => all(type).map(resourceOf)),
  };
  for (const { id, stack, type } of unread)
    throw new InputError(`stack ${stack}: ${type}.${id} belongs to no resource of this stack`);
  return policies;
}
