import { createHash } from "node:crypto";
import { bucketArn, regionalArn, roleArn, type Place } from "../system/arns";
import { placeOf, type Resource, type Stacks } from "./stacks";
import { UnreadableError } from "./unreadable";

const REFERENCE = /(?<!\$)\$\{([^{}]*)\}/g;

/** What remains of a template without its references: an expression that is not a reference, or a directive. */
const UNREAD_TEMPLATE = /(?<!\$)\$\{|(?<!%)%\{/;

const RESOURCE = /^(aws_\w+)\.([^.]+)\.(\w+)$/;

/**
 * A text of a stack, with every reference replaced by the name or the ARN that it stands for.
 *
 * @throws UnreadableError that names the stack and a reference that is not known.
 */
export function resolve(stacks: Stacks, stack: string, text: string): string {
  if (UNREAD_TEMPLATE.test(text.replaceAll(REFERENCE, "")))
    throw new UnreadableError(`stack ${stack}: cannot resolve ${text.slice(0, 120)}`);
  return text.replaceAll(REFERENCE, (reference, expression: string) => {
    const [, type = "", id = "", attribute = ""] = RESOURCE.exec(expression.trim()) ?? [];
    const block = stacks[stack]?.resource?.[type]?.[id];
    const value = block && attributeOf({ stack, type, id, block }, attribute, placeOf(stacks[stack] ?? {}));
    if (value === undefined) throw new UnreadableError(`stack ${stack}: cannot resolve ${reference}`);
    return resolve(stacks, stack, value);
  });
}

/** A resource's attribute, which may contain references. Undefined if only an apply gives it. */
function attributeOf({ block, id, type }: Resource, attribute: string, place: Place): string | undefined {
  const name = String(block.name ?? block.bucket);
  const path = String(block.path ?? "/");
  const key = keyId(place.accountId, id);
  const known: Readonly<Record<string, string>> = {
    "aws_iam_role.arn": roleArn(place.accountId, name, path),
    "aws_iam_role.id": name,
    "aws_iam_policy.arn": `arn:aws:iam::${place.accountId}:policy${path}${name}`,
    "aws_s3_bucket.arn": bucketArn(name),
    "aws_s3_bucket.id": name,
    "aws_kms_key.arn": regionalArn(place, "kms", `key/${key}`),
    "aws_kms_key.id": key,
    "aws_kms_key.key_id": key,
    "aws_ecr_repository.arn": regionalArn(place, "ecr", `repository/${name}`),
    "aws_ecr_repository.id": name,
  };
  const argument = block[attribute];
  return known[`${type}.${attribute}`] ?? (typeof argument === "string" ? argument : undefined);
}

/** In place of a key's id, which AWS chooses: another for each key, and the same in every run. */
function keyId(accountId: string, id: string): string {
  const digits = createHash("sha256").update(`${accountId}/${id}`).digest("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
