import { createHash } from "node:crypto";
import type { Block, Place } from "./synthesis";

/** What AWS makes of a resource's attributes, from its own arguments. */
type Attributes = (resource: Block, at: Place, id: string) => Readonly<Record<string, string>>;

const text = (value: unknown) => String(value);

/** The ARN of a regional resource, and the argument that holds its name. */
const regional =
  (service: string, resource: (name: string) => string, nameKey = "name"): Attributes =>
  (block, { accountId, region }) => ({
    arn: `arn:aws:${service}:${region}:${accountId}:${resource(text(block[nameKey]))}`,
    [nameKey]: text(block[nameKey]),
  });

/** AWS chooses a load balancer's id, and a listener's; every one gets this. */
const LOAD_BALANCER_ID = "0123456789abcdef";

/** AWS chooses a key's id. Each key gets its own, and the same one every time. */
function keyId(accountId: string, id: string): string {
  const digits = createHash("sha256").update(`${accountId}/${id}`).digest("hex");
  const parts = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20)];
  return [...parts, digits.slice(20, 32)].join("-");
}

/** By type of resource: the attributes that other things refer to. */
export const attributes: Readonly<Record<string, Attributes>> = {
  aws_iam_role: ({ name, path }, { accountId }) => ({
    id: text(name),
    name: text(name),
    arn: `arn:aws:iam::${accountId}:role${text(path ?? "/")}${text(name)}`,
  }),
  aws_iam_policy: ({ name, path }, { accountId }) => ({
    name: text(name),
    arn: `arn:aws:iam::${accountId}:policy${text(path ?? "/")}${text(name)}`,
  }),
  aws_s3_bucket: ({ bucket }) => ({
    id: text(bucket),
    bucket: text(bucket),
    arn: `arn:aws:s3:::${text(bucket)}`,
  }),
  aws_kms_key: (_, { accountId, region }, id) => ({
    id: keyId(accountId, id),
    key_id: keyId(accountId, id),
    arn: `arn:aws:kms:${region}:${accountId}:key/${keyId(accountId, id)}`,
  }),
  aws_kms_alias: regional("kms", (name) => name),
  aws_ecr_repository: ({ name }, { accountId, region }) => ({
    name: text(name),
    arn: `arn:aws:ecr:${region}:${accountId}:repository/${text(name)}`,
    repository_url: `${accountId}.dkr.ecr.${region}.amazonaws.com/${text(name)}`,
  }),
  aws_codecommit_repository: regional("codecommit", (name) => name, "repository_name"),
  aws_codebuild_project: regional("codebuild", (name) => `project/${name}`),
  aws_codepipeline: regional("codepipeline", (name) => name),
  aws_cloudwatch_event_rule: regional("events", (name) => `rule/${name}`),
  aws_codedeploy_app: ({ name }) => ({ name: text(name) }),
  aws_codedeploy_deployment_group: ({ deployment_group_name }) => ({
    deployment_group_name: text(deployment_group_name),
  }),
  aws_codedeploy_deployment_config: ({ deployment_config_name }) => ({
    deployment_config_name: text(deployment_config_name),
  }),
  aws_ecs_cluster: regional("ecs", (name) => `cluster/${name}`),
  aws_ecs_task_definition: regional("ecs", (family) => `task-definition/${family}:1`, "family"),
  aws_ecs_service: ({ name }) => ({ name: text(name) }),
  aws_cloudwatch_metric_alarm: ({ alarm_name }) => ({ alarm_name: text(alarm_name) }),
  aws_cloudwatch_log_group: regional("logs", (name) => `log-group:${name}`),
  aws_lb: regional("elasticloadbalancing", (name) => `loadbalancer/app/${name}/${LOAD_BALANCER_ID}`),
  aws_lb_target_group: regional("elasticloadbalancing", (name) => `targetgroup/${name}/${LOAD_BALANCER_ID}`),
  aws_lb_listener: regional(
    "elasticloadbalancing",
    () => `listener/app/${LOAD_BALANCER_ID}/${LOAD_BALANCER_ID}`,
  ),
};
