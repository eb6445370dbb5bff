import type { Block, Stack } from "./synth";

type Stacks = Readonly<Record<string, Stack>>;

/** What AWS will make of an attribute, from the resource's own arguments. */
type Attributes = (resource: Block, at: { accountId: string; region: string }) => Record<string, string>;

const text = (value: unknown) => String(value);
const regional =
  (service: string, resource: (block: Block) => string): Attributes =>
  (block, { accountId, region }) => ({
    arn: `arn:aws:${service}:${region}:${accountId}:${resource(block)}`,
  });

const attributes: Readonly<Record<string, Attributes>> = {
  aws_iam_role: ({ name, path }, { accountId }) => ({
    name: text(name),
    arn: `arn:aws:iam::${accountId}:role${text(path ?? "/")}${text(name)}`,
  }),
  aws_s3_bucket: ({ bucket }) => ({ id: text(bucket), arn: `arn:aws:s3:::${text(bucket)}` }),
  // AWS chooses a key's id.
  aws_kms_key: regional("kms", () => "key/12345678-1234-1234-1234-123456789012"),
  aws_ecr_repository: ({ name }, { accountId, region }) => ({
    name: text(name),
    arn: `arn:aws:ecr:${region}:${accountId}:repository/${text(name)}`,
    repository_url: `${accountId}.dkr.ecr.${region}.amazonaws.com/${text(name)}`,
  }),
  aws_codecommit_repository: (block, at) => ({
    ...regional("codecommit", ({ repository_name }) => text(repository_name))(block, at),
    repository_name: text(block.repository_name),
  }),
  aws_codebuild_project: (block, at) => ({
    ...regional("codebuild", ({ name }) => `project/${text(name)}`)(block, at),
    name: text(block.name),
  }),
  aws_codepipeline: (block, at) => ({
    ...regional("codepipeline", ({ name }) => text(name))(block, at),
    name: text(block.name),
  }),
  aws_codedeploy_app: ({ name }) => ({ name: text(name) }),
  aws_codedeploy_deployment_group: ({ deployment_group_name }) => ({
    deployment_group_name: text(deployment_group_name),
  }),
  aws_codedeploy_deployment_config: ({ deployment_config_name }) => ({ id: text(deployment_config_name) }),
  aws_ecs_cluster: ({ name }) => ({ name: text(name) }),
  aws_ecs_service: ({ name }) => ({ name: text(name) }),
  aws_cloudwatch_metric_alarm: ({ alarm_name }) => ({ alarm_name: text(alarm_name) }),
  aws_cloudwatch_log_group: ({ name }) => ({ name: text(name) }),
  aws_lb_target_group: ({ name }, { accountId, region }) => ({
    name: text(name),
    arn: `arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/${text(name)}/0123456789abcdef`,
  }),
  // AWS chooses a listener's id.
  aws_lb_listener: regional("elasticloadbalancing", () => "listener/app/0123456789abcdef/0123456789abcdef"),
  aws_lb: ({ name }) => ({ name: text(name) }),
};

const REMOTE = /\$\{data\.terraform_remote_state\.cross-stack-reference-input-([^.]+)\.outputs\.([^}]+)\}/g;
const RESOURCE = /\$\{(aws_\w+)\.([^.]+)\.(\w+)\}/g;

/** Text of a stack with every reference replaced by the name or ARN that it comes to. */
export function resolve(stacks: Stacks, stackName: string, value: string): string {
  const stack = stacks[stackName];
  if (!stack) throw new Error(`no stack ${stackName}`);
  const provider = stack.provider.aws?.[0] as { allowed_account_ids: [string]; region: string } | undefined;
  if (!provider) throw new Error(`stack ${stackName} has no provider`);
  const at = { accountId: provider.allowed_account_ids[0], region: provider.region };
  return value
    .replaceAll(REMOTE, (_, producer: string, output: string) =>
      resolve(stacks, producer, text(stacks[producer]?.output?.[output]?.value)),
    )
    .replaceAll(RESOURCE, (reference, type: string, id: string, attribute: string) => {
      const resource = stack.resource?.[type]?.[id];
      const resolved = resource && attributes[type]?.(resource, at)[attribute];
      if (resolved === undefined) throw new Error(`cannot resolve ${reference} of ${stackName}`);
      return resolve(stacks, stackName, resolved);
    });
}
