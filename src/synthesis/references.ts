import { createHash } from "node:crypto";
import { bucketArn, regionalArn, registryHost, roleArn, type Place } from "../system/arns";
import { placeOf, type Resource, type Stacks } from "./synthesized";
import { InputError } from "../errors";

const REFERENCE = /(?<!\$)\$\{([^{}]*)\}/g;

/** What remains of a template without its references: an expression that is not a reference, or a directive. */
const UNREAD_TEMPLATE = /(?<!\$)\$\{|(?<!%)%\{/;

const RESOURCE = /^(aws_\w+)\.([^.]+)\.(\w+)$/;
const REMOTE = /^data\.terraform_remote_state\.([^.]+)\.outputs\.(.+)$/;
const TRIM_PREFIX = /^trimprefix\((.+), "([^"]*)"\)$/;

/** An attribute that is known only after its resource was applied. */
export interface LateAttribute extends Omit<Resource, "block"> {
  readonly attribute: string;
  readonly place: Place;
}

/** What is used in place of an attribute that only an apply gives; undefined if nothing can be. */
export type StandIn = (late: LateAttribute) => string | undefined;

/**
 * A text of a stack, with every reference replaced by the name or the ARN that it stands for.
 *
 * @param standIn For attributes that only an apply gives. @default - an id of AWS's form for a KMS key
 * @throws InputError that names the stack and a reference that is not known.
 */
export function resolve(stacks: Stacks, stack: string, text: string, standIn: StandIn = someKey): string {
  if (UNREAD_TEMPLATE.test(text.replaceAll(REFERENCE, "")))
    throw new InputError(`stack ${stack}: cannot resolve ${text.slice(0, 120)}`);
  return text.replaceAll(REFERENCE, (reference, expression: string) => {
    const value = valueOf(stacks, stack, expression.trim(), standIn);
    if (value === undefined) throw new InputError(`stack ${stack}: cannot resolve ${reference}`);
    return value;
  });
}

/** A text as AWS gets it: Terraform writes `$${` for `${`. */
export const unescapeTemplate = (text: string) => text.replaceAll(/([$%])\1(?=\{)/g, "$1");

function valueOf(stacks: Stacks, stack: string, expression: string, standIn: StandIn): string | undefined {
  const [, inner, prefix = ""] = TRIM_PREFIX.exec(expression) ?? [];
  if (inner !== undefined) {
    const text = valueOf(stacks, stack, inner, standIn);
    return text?.startsWith(prefix) ? text.slice(prefix.length) : text;
  }
  const [, type = "", id = "", attribute = ""] = RESOURCE.exec(expression) ?? [];
  const block = stacks[stack]?.resource?.[type]?.[id];
  if (block) {
    const place = placeOf(stacks, stack);
    const own = attributeOf({ stack, type, id, block }, attribute, place);
    return own === undefined
      ? standIn({ stack, type, id, attribute, place })
      : resolve(stacks, stack, own, standIn);
  }

  const [, remote = "", output = ""] = REMOTE.exec(expression) ?? [];
  const producer = producerOf(stacks, stack, remote);
  const value = stacks[producer]?.output?.[output]?.value;
  return typeof value === "string" ? resolve(stacks, producer, value, standIn) : undefined;
}

/** The stack whose state has the key that a remote state reads; empty if there is none. */
export function producerOf(stacks: Stacks, stack: string, remote: string): string {
  const { key } = (stacks[stack]?.data?.terraform_remote_state?.[remote]?.config ?? {}) as { key?: unknown };
  return Object.keys(stacks).find((name) => stacks[name]?.terraform?.backend?.s3?.key === key) ?? "";
}

/** Resources with an ARN of the form `arn:aws:<service>:<region>:<account>:<prefix><name>`. */
const NAMED: Readonly<Record<string, readonly [service: string, prefix: string]>> = {
  aws_cloudwatch_event_rule: ["events", "rule/"],
  aws_cloudwatch_log_group: ["logs", "log-group:"],
  aws_codebuild_project: ["codebuild", "project/"],
  aws_codecommit_repository: ["codecommit", ""],
  aws_codepipeline: ["codepipeline", ""],
  aws_ecr_repository: ["ecr", "repository/"],
  aws_ecs_cluster: ["ecs", "cluster/"],
  aws_sns_topic: ["sns", ""],
};

/** A resource's attribute, which may contain references. Undefined if only an apply gives it. */
function attributeOf({ block, type }: Resource, attribute: string, place: Place): string | undefined {
  const { name = block.repository_name ?? block.bucket, path = "/" } = block;
  const known: Readonly<Record<string, string>> = {
    "aws_iam_role.arn": roleArn(place.accountId, String(name), String(path)),
    "aws_iam_policy.arn": `arn:aws:iam::${place.accountId}:policy${String(path)}${String(name)}`,
    "aws_s3_bucket.arn": bucketArn(String(name)),
    "aws_ecr_repository.repository_url": `${registryHost(place)}/${String(name)}`,
    "aws_sns_topic.id": regionalArn(place, "sns", String(name)),
    "aws_codedeploy_deployment_config.id": String(block.deployment_config_name),
  };
  const [service, prefix = ""] = NAMED[type] ?? [];
  const named = service === undefined ? undefined : regionalArn(place, service, `${prefix}${String(name)}`);
  if (isKeyId(type, attribute)) return undefined;
  const argument = attribute === "id" ? name : block[attribute];
  return (
    known[`${type}.${attribute}`] ??
    (attribute === "arn" ? named : typeof argument === "string" ? argument : undefined)
  );
}

/** Whether AWS chooses it. */
const isKeyId = (type: string, attribute: string) =>
  type === "aws_kms_key" && ["arn", "id", "key_id"].includes(attribute);

/** In place of a key's id, which AWS chooses: another for each key, and the same in every run. */
function someKey({ attribute, id, place, type }: LateAttribute): string | undefined {
  if (!isKeyId(type, attribute)) return undefined;
  const digits = createHash("sha256").update(`${place.accountId}/${id}`).digest("hex");
  const key = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
  return attribute === "arn" ? regionalArn(place, "kms", `key/${key}`) : key;
}
