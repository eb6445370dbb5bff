import { awsManagedPolicies } from "./aws-managed-policies";
import type { Evidence, Guarded, Key, ManagedPolicy, Role } from "./documents";
import { parsePolicy, type PolicyJson } from "./policy-json";
import { assertReadable } from "./readable";
import { resolve } from "./resolve";
import { placeOf, resourcesOf, UnreadableError, type Block, type Stacks } from "./synthesis";

interface Found {
  readonly stack: string;
  readonly id: string;
  readonly block: Block;
}

/**
 * Every document that says who may do what, as a synthesis would put it into AWS.
 *
 * @throws UnreadableError that names a reference, or a document, that cannot be read.
 */
export function synthesizedEvidence(stacks: Stacks): Evidence {
  assertReadable(stacks);
  const read = new Reader(stacks);
  const evidence = {
    roles: read.all("aws_iam_role").map((role) => read.role(role)),
    buckets: read
      .all("aws_s3_bucket")
      .map((bucket) => read.guarded(bucket, "aws_s3_bucket_policy", "bucket")),
    keys: read.all("aws_kms_key").map((key) => read.key(key)),
    repositories: read
      .all("aws_ecr_repository")
      .map((repository) => read.guarded(repository, "aws_ecr_repository_policy", "repository")),
    managed: read.all("aws_iam_policy").map((policy) => read.managed(policy)),
  };
  read.assertNothingLeft();
  return evidence;
}

/** Types that say who may do what, on something that must be found beside them. */
const POLICY_TYPES = [
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_s3_bucket_policy",
  "aws_kms_key_policy",
  "aws_kms_alias",
  "aws_ecr_repository_policy",
];

class Reader {
  private readonly used = new Set<Block>();

  constructor(private readonly stacks: Stacks) {}

  /** @throws UnreadableError naming what grants rights and was not read: nothing is passed over. */
  assertNothingLeft(): void {
    const types = Object.values(this.stacks).flatMap(({ resource }) => Object.keys(resource ?? {}));
    for (const type of new Set(types))
      for (const { stack, id, block } of this.all(type)) {
        if (POLICY_TYPES.includes(type) && !this.used.has(block))
          throw new UnreadableError(`stack ${stack}: ${type}.${id} belongs to nothing that this stack makes`);
      }
  }

  all(type: string): Found[] {
    return resourcesOf(this.stacks, type);
  }

  role({ stack, id, block }: Found): Role {
    const name = this.attribute(stack, "aws_iam_role", id, "name");
    const inline = this.on(stack, "aws_iam_role_policy", "role", name).map((policy) => ({
      name: typeof policy.block.name === "string" ? policy.block.name : policy.id,
      document: this.document(policy, "aws_iam_role_policy", "policy"),
    }));
    const attachments = this.on(stack, "aws_iam_role_policy_attachment", "role", name);
    const attached = [
      ...attachments.map((attachment) => attachment.block.policy_arn),
      ...[block.managed_policy_arns ?? []].flat(),
    ].map((reference) => {
      const arn = resolve(this.stacks, stack, String(reference));
      return { name: arn, document: this.attachedDocument(`stack ${stack}: aws_iam_role.${id}`, arn) };
    });
    return {
      arn: this.attribute(stack, "aws_iam_role", id, "arn"),
      account: placeOf(this.stacks, stack).accountId,
      trust: this.document({ stack, id, block }, "aws_iam_role", "assume_role_policy"),
      identity: [...inline, ...attached],
    };
  }

  guarded({ stack, id }: Found, policyType: string, referringKey: string): Guarded {
    const type = policyType.replace(/_policy$/, "");
    const own = this.attribute(stack, type, id, type === "aws_ecr_repository" ? "name" : "id");
    const [policy, another] = this.on(stack, policyType, referringKey, own);
    if (another)
      throw new UnreadableError(
        `stack ${stack}: ${policyType}.${another.id} is a second policy of ${type}.${id}; which one stands is not known`,
      );
    return {
      arn: this.attribute(stack, type, id, "arn"),
      account: placeOf(this.stacks, stack).accountId,
      policy: policy ? this.document(policy, policyType, "policy") : null,
    };
  }

  key(found: Found): Key {
    const { stack, id, block } = found;
    const keyId = this.attribute(stack, "aws_kms_key", id, "key_id");
    const aliases = this.on(stack, "aws_kms_alias", "target_key_id", keyId);
    const guarded = this.guarded(found, "aws_kms_key_policy", "key_id");
    if (block.policy !== undefined && guarded.policy)
      throw new UnreadableError(
        `stack ${stack}: aws_kms_key.${id} has a policy, and an aws_kms_key_policy too; which one stands is not known`,
      );
    return {
      ...guarded,
      policy: block.policy === undefined ? guarded.policy : this.document(found, "aws_kms_key", "policy"),
      aliases: aliases.map(({ block: { name } }) => String(name)),
    };
  }

  managed(found: Found): ManagedPolicy {
    const { stack, id } = found;
    return {
      arn: this.attribute(stack, "aws_iam_policy", id, "arn"),
      account: placeOf(this.stacks, stack).accountId,
      document: this.document(found, "aws_iam_policy", "policy"),
    };
  }

  /** The resources of a type whose reference comes to that name, in one stack. */
  private on(stack: string, type: string, key: string, name: string): Found[] {
    const found = this.all(type).filter(
      (one) => one.stack === stack && resolve(this.stacks, stack, String(one.block[key])) === name,
    );
    for (const { block } of found) this.used.add(block);
    return found;
  }

  private attribute(stack: string, type: string, id: string, attribute: string): string {
    return resolve(this.stacks, stack, `\${${type}.${id}.${attribute}}`);
  }

  private document({ stack, id, block }: Found, type: string, attribute: string): PolicyJson {
    const text = resolve(this.stacks, stack, String(block[attribute]));
    return parsePolicy(text, `stack ${stack}: ${attribute} of ${type}.${id}`);
  }

  private attachedDocument(role: string, arn: string): PolicyJson {
    const own = this.all("aws_iam_policy")
      .map((policy) => this.managed(policy))
      .find((policy) => policy.arn === arn);
    const document = own?.document ?? awsManagedPolicies[arn];
    if (!document)
      throw new UnreadableError(
        `${role} has ${arn} attached, whose text is not known without AWS: take it away, or add its text to src/access/evidence/aws-managed-policies.ts`,
      );
    return document;
  }
}
