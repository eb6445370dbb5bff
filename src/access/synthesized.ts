import { awsManagedPolicies } from "./aws-managed-policies";
import type { Evidence, Guarded, Key, ManagedPolicy, Role } from "./documents";
import { parsePolicy, type PolicyJson } from "./policy-json";
import { resolve } from "./resolve";
import { placeOf, resourcesOf, UnreadableError, type Block, type Stacks } from "./stacks";

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
  const read = new Reader(stacks);
  return {
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
}

/** Arguments of a role that hold policies in a way that is not read here, so that none is passed over. */
const UNREAD_OF_ROLE = ["inline_policy", "managed_policy_arns", "permissions_boundary"];

class Reader {
  constructor(private readonly stacks: Stacks) {}

  all(type: string): Found[] {
    return resourcesOf(this.stacks, type);
  }

  role({ stack, id, block }: Found): Role {
    const unread = UNREAD_OF_ROLE.filter((key) => block[key] !== undefined);
    if (unread.length > 0)
      throw new UnreadableError(`stack ${stack}: cannot read ${unread.join(", ")} of aws_iam_role.${id}`);
    const name = this.attribute(stack, "aws_iam_role", id, "name");
    const inline = this.on(stack, "aws_iam_role_policy", "role", name).map((policy) => ({
      name: String(policy.block.name ?? policy.id),
      document: this.document(policy, "aws_iam_role_policy", "policy"),
    }));
    const attached = this.on(stack, "aws_iam_role_policy_attachment", "role", name).map(
      ({ block: { policy_arn } }) => {
        const arn = resolve(this.stacks, stack, String(policy_arn));
        return { name: arn, document: this.attachedDocument(stack, arn) };
      },
    );
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
    const [policy] = this.on(stack, policyType, referringKey, own);
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
    return this.all(type).filter(
      (found) => found.stack === stack && resolve(this.stacks, stack, String(found.block[key])) === name,
    );
  }

  private attribute(stack: string, type: string, id: string, attribute: string): string {
    return resolve(this.stacks, stack, `\${${type}.${id}.${attribute}}`);
  }

  private document({ stack, id, block }: Found, type: string, attribute: string): PolicyJson {
    const text = resolve(this.stacks, stack, String(block[attribute]));
    return parsePolicy(text, `stack ${stack}: ${attribute} of ${type}.${id}`);
  }

  private attachedDocument(stack: string, arn: string): PolicyJson {
    const own = this.all("aws_iam_policy")
      .map((policy) => this.managed(policy))
      .find((policy) => policy.arn === arn);
    const document = own?.document ?? awsManagedPolicies[arn];
    if (!document)
      throw new UnreadableError(
        `stack ${stack}: the text of ${arn} is not known without AWS; add it to src/access/aws-managed-policies.ts`,
      );
    return document;
  }
}
