import type { Block, Stack } from "./synth";

type Stacks = Record<string, Stack>;

/** A resource of a system, with its references resolved. */
export interface Resource {
  readonly accountId: string;
  readonly type: string;
  readonly id: string;
  readonly block: Block;
}

/** Arguments that say nothing about what a resource is wired to. */
const IGNORED = ["//", "depends_on", "description", "lifecycle", "tags"];

/** Every resource of a system. */
export const resolvedResources = (stacks: Stacks): Resource[] =>
  Object.entries(stacks).flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, block]) => ({
        accountId: placeOf(stacks, stack).accountId,
        type,
        id,
        block: resolve(stacks, stack, without(block, IGNORED)),
      })),
    ),
  );

/** A block without some of its arguments. */
export const without = (block: Block, keys: readonly string[]): Block =>
  Object.fromEntries(Object.entries(block).filter(([key]) => !keys.includes(key)));

/** Every text in a value, with its path: `artifact_store.0.location`. */
export function textsIn(value: unknown, path: readonly string[] = []): { path: string; text: string }[] {
  if (typeof value === "string") return [{ path: path.join("."), text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, [...path, key]));
}

const REFERENCE = /(?<!\$)\$\{([^{}]*)\}/g;

/**
 * A value of a stack as Terraform reads it: every reference to something with a known name becomes that name or
 * ARN. Any other reference, such as to a subnet's id, stays as it is.
 */
export const resolve = <Value>(stacks: Stacks, stack: string, value: Value): Value =>
  mapTexts(value, (text) =>
    text
      .replaceAll(
        REFERENCE,
        (reference, expression: string) => valueOf(stacks, stack, expression) ?? reference,
      )
      .replaceAll(/([$%])\1(?=\{)/g, "$1"),
  ) as Value;

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
}

function valueOf(stacks: Stacks, stack: string, expression: string): string | undefined {
  const [, inner, prefix = ""] = /^trimprefix\((.+), "([^"]*)"\)$/.exec(expression) ?? [];
  if (inner !== undefined) return valueOf(stacks, stack, inner)?.replace(new RegExp(`^${prefix}`), "");
  const [, remote = "", output = ""] =
    /^data\.terraform_remote_state\.([^.]+)\.outputs\.(.+)$/.exec(expression) ?? [];
  if (remote !== "") return outputOf(stacks, stack, remote, output);
  const [, type = "", id = "", attribute = ""] = /^(aws_\w+)\.([^.]+)\.(\w+)$/.exec(expression) ?? [];
  const block = stacks[stack]?.resource?.[type]?.[id];
  const value = block && attributeOf(stacks, stack, { type, id, block }, attribute);
  return typeof value === "string" ? resolve(stacks, stack, value) : undefined;
}

/** An output of the stack whose state a remote state reads. */
function outputOf(stacks: Stacks, stack: string, remote: string, output: string): string | undefined {
  const { config } = stacks[stack]?.data?.terraform_remote_state?.[remote] ?? {};
  const { key } = config as { key: string };
  const producer = Object.keys(stacks).find((name) => stacks[name]?.terraform.backend.s3?.key === key) ?? "";
  const value = stacks[producer]?.output?.[output]?.value;
  return typeof value === "string" ? resolve(stacks, producer, value) : undefined;
}

function placeOf(stacks: Stacks, stack: string) {
  const { allowed_account_ids: ids, region } = stacks[stack]?.provider.aws?.[0] ?? {};
  return { accountId: String((ids as string[])[0]), region: String(region) };
}

const SERVICES: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: "logs:log-group:",
  aws_codecommit_repository: "codecommit:",
  aws_codepipeline: "codepipeline:",
  aws_ecr_repository: "ecr:repository/",
  aws_ecs_cluster: "ecs:cluster/",
  aws_kms_key: "kms:key/",
  aws_sfn_state_machine: "states:stateMachine:",
};

/** An attribute that AWS or Terraform derives from the arguments, or an argument. */
function attributeOf(
  stacks: Stacks,
  stack: string,
  { block, id, type }: Omit<Resource, "accountId">,
  attribute: string,
): unknown {
  const { accountId, region } = placeOf(stacks, stack);
  const name = type === "aws_kms_key" ? id : String(block.name ?? block.bucket ?? block.repository_name);
  if (type === "aws_kms_key" && attribute === "key_id") return id;
  if (type === "aws_codedeploy_deployment_config") return block.deployment_config_name;
  if (type === "aws_s3_bucket" && attribute === "id") return name;
  if (attribute === "repository_url") return `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`;
  if (attribute !== "arn") return block[attribute];
  if (type === "aws_s3_bucket") return `arn:aws:s3:::${name}`;
  const { path = "/" } = block as { path?: string };
  const [, kind] = /^aws_iam_(role|policy)$/.exec(type) ?? [];
  if (kind !== undefined) return `arn:aws:iam::${accountId}:${kind}${path}${name}`;
  const [service = "", ...before] = SERVICES[type]?.split(/(?<=:)/) ?? [];
  return service === ""
    ? undefined
    : `arn:aws:${service.slice(0, -1)}:${region}:${accountId}:${before.join("")}${name}`;
}
