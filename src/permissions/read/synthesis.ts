import { InputError } from "../../errors";
import type { Resource, Stacks } from "../../synthesis/synthesized";
import { logGroupIn, resourceLists, type Policies, type ResourceWithPolicy, type Role } from "./policies";
import { assertReadable } from "./readable";
import { stackReader, type StackReader } from "./stack-reader";

/**
 * Every policy of some stacks, as Terraform would put it into AWS.
 *
 * @throws InputError that names a reference or a policy that cannot be read, or a policy that belongs to
 * no resource of its stack.
 */
export function policiesOfStacks(stacks: Stacks): Policies {
  assertReadable(stacks);
  const reader = stackReader(stacks);
  const managed = reader.all("aws_iam_policy").map((policy) => {
    return { ...reader.identify(policy), document: reader.document(policy, "policy") };
  });
  const policies = {
    roles: reader.all("aws_iam_role").map((role) => roleOf(reader, role, managed)),
    managed,
    ...resourceLists(({ kind, type }) =>
      reader.all(type).map((one) => (kind === "log group" ? logPolicyOf : resourceOf)(reader, one)),
    ),
  };
  reader.assertAllRead();
  return policies;
}

function roleOf(reader: StackReader, role: Resource, managed: Policies["managed"]): Role {
  const inline = reader.on(role, "aws_iam_role_policy").map((policy) => {
    const { name = policy.id } = policy.block;
    return { name: String(name), document: reader.document(policy, "policy") };
  });
  const attachments = reader.on(role, "aws_iam_role_policy_attachment");
  const attached = [
    ...attachments.flatMap((attachment) => reader.texts(attachment, "policy_arn")),
    ...reader.texts(role, "managed_policy_arns"),
  ];
  const found = managed.filter(({ arn }) => attached.includes(arn));
  const unread = attached.filter((name) => !found.some(({ arn }) => arn === name));
  const trust = reader.document(role, "assume_role_policy");
  const [boundary] = reader.texts(role, "permissions_boundary");
  const read = found.map(({ arn: name, document }) => ({ name, document }));
  const identity = [...inline, ...read];
  return { ...reader.identify(role), boundary, trust, identity, ...(unread.length > 0 && { unread }) };
}

function logPolicyOf(reader: StackReader, resource: Resource): ResourceWithPolicy {
  const policy = reader.document(resource, "policy_document");
  return { arn: logGroupIn(policy), account: reader.accountOf(resource), policy };
}

function resourceOf(reader: StackReader, resource: Resource): ResourceWithPolicy {
  const { block, id, stack, type } = resource;
  // A key can have its policy as an argument too.
  const policies = [
    ...reader.on(resource, `${type}_policy`),
    ...(block.policy === undefined ? [] : [resource]),
  ];
  if (policies.length > 1)
    throw new InputError(`stack ${stack}: ${type}.${id} has ${policies.length} policies: AWS keeps one`);
  const aliases = reader.on(resource, "aws_kms_alias").map((alias) => String(alias.block.name));
  return {
    ...reader.identify(resource),
    ...(type === "aws_kms_key" && { aliases }),
    policy: policies[0] ? reader.document(policies[0], "policy") : null,
  };
}
