import { createHash } from "node:crypto";
import { bucketArn, regionalArn, registryHost, roleArn, type Place } from "../../system/arns";
import type { Block } from "./stacks";

/** In place of an id that AWS chooses. */
const ID = "0123456789abcdef";

/** Resources with an ARN of the form `arn:aws:<service>:<region>:<account>:<prefix><name>`. */
const NAMED: Readonly<Record<string, readonly [service: string, prefix: string, argument?: string]>> = {
  aws_cloudwatch_event_rule: ["events", "rule/"],
  aws_cloudwatch_log_group: ["logs", "log-group:"],
  aws_codebuild_project: ["codebuild", "project/"],
  aws_codecommit_repository: ["codecommit", "", "repository_name"],
  aws_codepipeline: ["codepipeline", ""],
  aws_ecr_repository: ["ecr", "repository/"],
  aws_ecs_cluster: ["ecs", "cluster/"],
  aws_kms_alias: ["kms", ""],
  aws_lb: ["elasticloadbalancing", "loadbalancer/app/"],
};

/** The argument that Terraform gives as a resource's `id`. */
const ID_ARGUMENTS: Readonly<Record<string, string>> = {
  aws_codedeploy_deployment_config: "deployment_config_name",
  aws_iam_role: "name",
  aws_s3_bucket: "bucket",
};

/** The value of a resource's attribute, which may hold references. Undefined if it is not known before an apply. */
export function attributeOf(
  { block, id, type }: { readonly type: string; readonly id: string; readonly block: Block },
  place: Place,
  attribute: string,
): string | undefined {
  const text = (argument: string, otherwise = "") => {
    const value = block[argument] ?? otherwise;
    return typeof value === "string" ? value : undefined;
  };
  const key = keyId(place.accountId, id);
  switch (`${type}.${attribute}`) {
    case "aws_iam_role.arn":
      return roleArn(place.accountId, text("name") ?? "", text("path", "/"));
    case "aws_iam_policy.arn":
      return `arn:aws:iam::${place.accountId}:policy${text("path", "/") ?? ""}${text("name") ?? ""}`;
    case "aws_s3_bucket.arn":
      return bucketArn(text("bucket") ?? "");
    case "aws_kms_key.arn":
      return regionalArn(place, "kms", `key/${key}`);
    case "aws_kms_key.id":
    case "aws_kms_key.key_id":
      return key;
    case "aws_ecr_repository.repository_url":
      return `${registryHost(place)}/${text("name") ?? ""}`;
  }
  if (attribute === "arn") {
    const [service, prefix, argument = "name"] = NAMED[type] ?? [];
    if (service === undefined) return undefined;
    const suffix = type === "aws_lb" ? `/${ID}` : "";
    return regionalArn(place, service, `${prefix ?? ""}${text(argument) ?? ""}${suffix}`);
  }
  const argument = attribute === "id" ? ID_ARGUMENTS[type] : attribute;
  return argument === undefined || block[argument] === undefined ? undefined : text(argument);
}

/** In place of a key's id, which AWS chooses: another for each key, and the same in every run. */
function keyId(accountId: string, id: string): string {
  const digits = createHash("sha256").update(`${accountId}/${id}`).digest("hex");
  return [0, 8, 12, 16, 20].map((start, index) => digits.slice(start, [8, 12, 16, 20, 32][index])).join("-");
}
