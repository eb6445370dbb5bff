import { admits, openingsOf, type Opening } from "../network/openings";
import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { isRecord, isSame, listOf } from "../plan/values";

/** Attributes that other resources of the same plan manage, and AWS then reports of a resource too. */
const ATTRIBUTES: Readonly<Record<string, readonly string[] | undefined>> = {
  aws_iam_role: ["inline_policy", "managed_policy_arns"],
  aws_security_group: ["egress", "ingress"],
  aws_route_table: ["route"],
  aws_kms_key: ["policy"],
  aws_s3_bucket: [
    ...["acl", "cors_rule", "grant", "lifecycle_rule", "logging", "object_lock_configuration", "policy"],
    ...["replication_configuration", "server_side_encryption_configuration", "versioning", "website"],
  ],
  aws_ecs_cluster: ["setting"],
  aws_lb_target_group: ["load_balancer_arns"],
  aws_s3_object: ["etag", "version_id"],
};

const RULES = [
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
  "aws_security_group_rule",
];

/** The types of resources that manage attributes above. AWS has defaults for the other ones. */
const MANAGERS: Readonly<Record<string, readonly string[] | undefined>> = {
  "aws_iam_role.inline_policy": ["aws_iam_role_policy"],
  "aws_iam_role.managed_policy_arns": ["aws_iam_role_policy_attachment"],
  "aws_security_group.egress": RULES,
  "aws_security_group.ingress": RULES,
  "aws_route_table.route": ["aws_route"],
  "aws_kms_key.policy": ["aws_kms_key_policy"],
  "aws_s3_bucket.policy": ["aws_s3_bucket_policy"],
};

/** Whether resources of the plan manage all that an attribute has now: what nobody manages was made by hand. */
export function isManagedElsewhere(change: Change, key: string, plan: Plan): boolean {
  if (ATTRIBUTES[change.type]?.includes(key) !== true) return false;
  const managers = MANAGERS[`${change.type}.${key}`];
  if (managers === undefined) return true;
  const holder = [change.before.id, change.before.name].filter((name) => typeof name === "string");
  const own = plan
    .ofType(...managers)
    .filter(({ after, before }) => [before, after].some((values) => holder.some(isIn(values))));
  if (own.length === 0) return false;
  if (managers === RULES) return isLetIn(change, key, own);
  return listOf(change.after[key])
    .filter((entry) => !listOf(change.before[key]).some((old) => isSame(old, entry)))
    .every((entry) => own.some(({ after, before }) => [before, after].some(isOf(entry))));
}

const isIn = (values: object) => (text: string) => Object.values(values).includes(text);

/** Whether a resource is the one that AWS reports as an entry: a policy by its name, a route by where it leads. */
const isOf = (entry: unknown) => (values: object) => {
  if (!isRecord(entry)) return typeof entry === "string" && isIn(values)(entry);
  const names = [entry.name, entry.cidr_block, entry.ipv6_cidr_block, entry.destination_prefix_list_id];
  return names.some((name) => typeof name === "string" && name !== "" && isIn(values)(name));
};

/** Whether the rules of a group let in, or out, all that the group has now and had not before. */
function isLetIn(group: Change, key: string, rules: readonly Change[]): boolean {
  const { after, before } = group;
  const itself = (one: Opening) => (one.peer === before.id ? { ...one, peer: "self" } : one);
  const known = [
    ...openingsOf(group, { [key]: before[key] }),
    ...rules.flatMap((rule) => openingsOf(rule, rule.before).map(itself)),
  ];
  return openingsOf(group, { [key]: after[key] }).every((one) => known.some((old) => admits(old, one)));
}
