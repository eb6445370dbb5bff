import { resourcesOf, type Resource, type Stacks } from "./stacks";
import { UnreadableError } from "./unreadable";

/**
 * Types whose policies are read here, and types that cannot grant a permission. A resource of any other
 * type is refused, because it may grant one that the proof would miss.
 */
const KNOWN_TYPES = new Set(
  Object.entries({
    appautoscaling: "policy target",
    cloudwatch: "event_rule event_target log_group metric_alarm",
    codebuild: "project",
    codecommit: "repository",
    codedeploy: "app deployment_config deployment_group",
    default: "security_group",
    ecr: "lifecycle_policy repository repository_policy",
    ecs: "cluster service task_definition",
    flow: "log",
    iam: "policy role role_policy role_policy_attachment",
    internet: "gateway",
    kms: "alias key key_policy",
    lb: "listener listener_rule target_group",
    nat: "gateway",
    route: "table table_association",
    s3_bucket:
      "lifecycle_configuration ownership_controls policy public_access_block server_side_encryption_configuration versioning",
    vpc: "endpoint security_group_egress_rule security_group_ingress_rule",
  })
    .flatMap(([prefix, names]) => names.split(" ").map((name) => `aws_${prefix}_${name}`))
    .concat(
      "aws_codepipeline",
      "aws_eip",
      "aws_lb",
      "aws_s3_bucket",
      "aws_security_group",
      "aws_subnet",
      "aws_vpc",
    ),
);

/** Parts of a stack. Another part, such as a module, may create resources that are not read. */
const SECTIONS = ["//", "data", "output", "provider", "resource", "terraform"];

/** Data sources that do not look up a role, a bucket or a key. */
const DATA_SOURCES = [
  "aws_availability_zones",
  "aws_iam_policy_document",
  "aws_vpc",
  "terraform_remote_state",
];

/** Arguments by which a block is not exactly one resource of the stack's account. */
const META_ARGUMENTS = ["count", "for_each", "provider", "provisioner"];

/** Arguments that decide permissions and are not read, by type. */
const UNREAD_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["inline_policy", "permissions_boundary"],
  aws_s3_bucket: ["policy", "acl", "grant"],
  aws_vpc_endpoint: ["policy"],
};

/**
 * Makes sure that a synthesis decides permissions only in ways that are read here.
 *
 * @throws UnreadableError that names the first resource or section that may do so in another way.
 */
export function assertReadable(stacks: Stacks): void {
  for (const [name, { data = {}, provider = {}, ...stack }] of Object.entries(stacks)) {
    assertOnly(name, Object.keys(stack), SECTIONS);
    assertOnly(name, Object.keys(data), DATA_SOURCES, "data.");
    const { length } = Object.values(provider).flat();
    if (length !== 1) throw new UnreadableError(`stack ${name}: expected one provider, got ${length}`);
  }
  for (const resource of resourcesOf(stacks)) assertKnown(resource);
}

function assertOnly(stack: string, found: readonly string[], known: readonly string[], prefix = ""): void {
  const unread = found.filter((one) => !known.includes(one)).map((one) => prefix + one);
  if (unread.length > 0)
    throw new UnreadableError(`stack ${stack}: the proof does not read its ${unread.join(", ")}`);
}

function assertKnown({ block, id, stack, type }: Resource): void {
  const place = `stack ${stack}: cannot read ${type}.${id}`;
  if (!KNOWN_TYPES.has(type))
    throw new UnreadableError(
      `${place}: it may grant permissions. If it cannot, add its type to src/permissions/read/readable.ts`,
    );
  const unread = [...META_ARGUMENTS, ...(UNREAD_ARGUMENTS[type] ?? [])].filter(
    (argument) => block[argument] !== undefined,
  );
  if (unread.length > 0)
    throw new UnreadableError(`${place}: the proof does not read its ${unread.join(", ")}`);
}
