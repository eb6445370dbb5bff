import { resourcesOf, type Stacks } from "../../synthesis/synthesized";
import { InputError } from "../../errors";

/**
 * Types whose policies are read, and types that cannot grant a permission. Any other type is refused, because
 * it may grant one that the proof would miss.
 */
const KNOWN_TYPES = new Set(
  `appautoscaling_policy appautoscaling_target cloudwatch_event_rule cloudwatch_event_target
  cloudwatch_log_group cloudwatch_log_resource_policy cloudwatch_metric_alarm codebuild_project codecommit_approval_rule_template
  codecommit_approval_rule_template_association codecommit_repository codedeploy_app
  codedeploy_deployment_config codedeploy_deployment_group codepipeline default_security_group
  ecr_lifecycle_policy ecr_repository ecr_repository_policy ecs_cluster ecs_service ecs_task_definition eip
  flow_log iam_policy iam_role iam_role_policy iam_role_policy_attachment internet_gateway kms_alias kms_key
  kms_key_policy lb lb_listener lb_listener_certificate lb_listener_rule lb_target_group nat_gateway route53_record route_table
  route_table_association s3_bucket s3_bucket_lifecycle_configuration s3_bucket_ownership_controls
  s3_bucket_policy s3_bucket_public_access_block s3_bucket_server_side_encryption_configuration
  s3_bucket_versioning s3_object security_group sfn_state_machine sns_topic sns_topic_policy sns_topic_subscription subnet vpc vpc_endpoint vpc_security_group_egress_rule
  vpc_security_group_ingress_rule`
    .split(/\s+/)
    .map((type) => `aws_${type}`),
);

/** Parts of a stack. Another part, such as a module, may create resources that are not read. */
const SECTIONS = ["//", "data", "moved", "output", "provider", "removed", "resource", "terraform"];

/** Data sources that do not look up a role, a bucket or a key. */
const DATA_SOURCES = ["aws_availability_zones", "aws_subnet", "aws_vpc", "terraform_remote_state"];

/** Arguments by which a block is not exactly one resource of the stack's account. */
const META_ARGUMENTS = ["count", "for_each", "provider", "provisioner"];

/** Arguments that decide permissions and are not read, by type. */
const UNREAD_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["inline_policy"],
  aws_s3_bucket: ["policy", "acl", "grant"],
  aws_s3_object: ["acl"],
  aws_sns_topic: ["policy"],
  aws_vpc_endpoint: ["policy"],
};

/**
 * Makes sure that stacks decide permissions only in ways that are read here.
 *
 * @throws InputError that names the first resource, or part of a stack, that may do so in another way.
 */
export function assertReadable(stacks: Stacks): void {
  for (const [name, { data = {}, provider = {}, ...stack }] of Object.entries(stacks)) {
    const dataSources = Object.keys(data).filter((type) => !DATA_SOURCES.includes(type));
    const sections = Object.keys(stack).filter((part) => !SECTIONS.includes(part));
    const providers = Object.values(provider).flat().length > 1 ? ["second provider"] : [];
    refuse(`stack ${name}`, [...sections, ...dataSources.map((type) => `data.${type}`), ...providers]);
  }
  for (const { block, id, stack, type } of resourcesOf(stacks)) {
    const place = `stack ${stack}: cannot read ${type}.${id}`;
    if (!KNOWN_TYPES.has(type))
      throw new InputError(`${place}: it may grant permissions. If not, add it to KNOWN_TYPES`);
    const known = [...META_ARGUMENTS, ...(UNREAD_ARGUMENTS[type] ?? [])];
    const unread = known.filter((argument) => block[argument] !== undefined);
    refuse(place, unread);
  }
}

function refuse(place: string, [first, ...others]: readonly string[]): void {
  if (first !== undefined)
    throw new InputError(`${place}: the proof does not read its ${[first, ...others].join(", ")}`);
}
