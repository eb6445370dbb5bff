import { change, planOf, update, type ChangeJson } from "../../support/plans";
import type { LabelledPlan } from "./labelled-plan";

type Values = Record<string, unknown>;
const exists = (type: string, values: Values, address?: string) =>
  change(type, "no-op", values, values, {}, address);
const created = (type: string, values: Values, late: Values = {}, address?: string) =>
  change(type, "create", null, values, { after_unknown: late }, address);
const drifted = (type: string, before: Values, after: Values, ...resources: ChangeJson[]) => {
  return { ...planOf(...resources), resource_drift: [update(type, before, after)] };
};

const lifecycle = "aws_s3_bucket_lifecycle_configuration";
const expiry = (more: Values = {}) => {
  return { id: "a", status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days: 30 }], ...more };
};
const expiring = (before: Values, after: Values) =>
  planOf(update(lifecycle, { rule: [expiry(before)] }, { rule: [expiry(after)] }));

const ingress = "aws_vpc_security_group_ingress_rule";
const web = { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 443, to_port: 443 };
const block = (cidr: string, port: number) => {
  return { cidr_blocks: [cidr], protocol: "tcp", from_port: port, to_port: port };
};
const office = exists(ingress, { ...web, cidr_ipv4: "10.0.0.0/8" });
const inGroup = (before: Values[], after: Values[]) =>
  drifted("aws_security_group", { id: "sg-1", ingress: before }, { ingress: after }, office);

const inRole = (before: Values, after: Values) =>
  drifted(
    "aws_iam_role",
    { id: "r", ...before },
    after,
    exists("aws_iam_role_policy", { role: "r", name: "p", policy: "{}" }),
  );

const rule = (priority: number, path: string, group: string) => {
  const condition = [{ path_pattern: [{ values: [path] }] }];
  return { listener_arn: "l", priority, condition, action: [{ type: "forward", target_group_arn: group }] };
};
const orders = exists(
  "aws_lb_listener_rule",
  rule(100, "/orders/*", "orders"),
  "aws_lb_listener_rule.orders",
);
const newRule = (priority: number, path: string) =>
  planOf(orders, created("aws_lb_listener_rule", rule(priority, path, "new")));
const forward = (more: Values) => [{ type: "forward", ...more }];
const action = (before: unknown, after: unknown) =>
  planOf(update("aws_lb_listener_rule", { action: before }, { action: after }));

const lost = (id: number): ChangeJson =>
  change("aws_sqs_queue", "delete", { id: `q${id}` }, null, {}, `aws_sqs_queue.q${id}`);
const elsewhere = (...found: ChangeJson[]) => {
  return { ...planOf(...found), resource_drift: [lost(1), lost(2), lost(3)] };
};
const tls = (before: string, after: string) =>
  planOf(
    update(
      "aws_lb_listener",
      { ssl_policy: `ELBSecurityPolicy-${before}` },
      { ssl_policy: `ELBSecurityPolicy-${after}` },
    ),
  );
const key = (id: string) => [
  { apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: id }] },
];

/** What new resources do to those that exist, and what was done by hand: dangerous ones with what looks like them. */
export const EXISTING: readonly LabelledPlan[] = [
  ["dangerous", "a rule of a lifecycle that is switched on", expiring({ status: "Disabled" }, {})],
  ["dangerous", "an expiry of every object", expiring({ filter: [{ prefix: "tmp/" }] }, {})],
  ["safe", "an expiry of fewer objects", expiring({}, { filter: [{ prefix: "tmp/" }] })],
  ["safe", "an expiry under another id", expiring({}, { id: "b" })],
  [
    "dangerous",
    "an expiry on a date",
    expiring({ expiration: [] }, { expiration: [{ date: "2026-01-01" }] }),
  ],
  [
    "dangerous",
    "an expiry of older versions",
    expiring({ expiration: [{ days: 5 }] }, { noncurrent_version_expiration: [{ noncurrent_days: 9 }] }),
  ],
  [
    "look",
    "a lifecycle of a bucket that exists",
    planOf(created(lifecycle, { bucket: "b", rule: [expiry()] })),
  ],
  [
    "safe",
    "a lifecycle of a new bucket",
    planOf(
      created("aws_s3_bucket", { bucket: "b" }),
      created(lifecycle, { bucket: "b", rule: [expiry()] }),
      created("aws_ecr_lifecycle_policy", {}, { repository: true }),
    ),
  ],
  [
    "look",
    "a lifecycle of images that exist",
    planOf(created("aws_ecr_lifecycle_policy", { repository: "app" })),
  ],
  [
    "look",
    "a network ACL of subnets that exist",
    planOf(created("aws_network_acl", { subnet_ids: ["s-1"] })),
  ],
  [
    "look",
    "a record that can overwrite another",
    planOf(created("aws_route53_record", { allow_overwrite: true })),
  ],
  [
    "look",
    "a new bucket without a block of public access",
    planOf(created("aws_s3_bucket_public_access_block", { block_public_policy: false })),
  ],
  [
    "look",
    "a new database with a public address",
    planOf(created("aws_db_instance", { publicly_accessible: true })),
  ],
  ["dangerous", "a new rule that takes all requests of an old one", newRule(1, "/*")],
  ["safe", "a new rule that takes a part of them", newRule(1, "/orders/new/*")],
  ["safe", "a new rule that comes after it", newRule(200, "/*")],
  [
    "look",
    "the same target group, written in another way",
    action(
      forward({ target_group_arn: "blue", forward: [] }),
      forward({ target_group_arn: "", forward: [{ target_group: [{ arn: "blue", weight: 1 }] }] }),
    ),
  ],
  [
    "dangerous",
    "a log-in that is left out",
    action(
      [{ type: "authenticate-oidc" }, ...forward({ target_group_arn: "blue" })],
      forward({ target_group_arn: "blue" }),
    ),
  ],
  ["look", "a rule for addresses that are not known yet", planOf(created(ingress, web, { cidr_ipv4: true }))],
  [
    "look",
    "a rule for a group that is not known yet",
    planOf(created(ingress, web, { referenced_security_group_id: true })),
  ],
  [
    "look",
    "the same rule at another address, which AWS refuses while the old one exists",
    planOf(
      change(ingress, "delete", { ...web, referenced_security_group_id: "sg-2" }, null),
      created(ingress, { ...web, referenced_security_group_id: "sg-2" }, {}, `${ingress}.two`),
    ),
  ],
  [
    "look",
    "an opening that a person made by hand in a group with rules",
    inGroup([block("10.0.0.0/8", 443)], [block("10.0.0.0/8", 443), block("0.0.0.0/0", 22)]),
  ],
  ["safe", "a group that reports its rules after the first apply", inGroup([], [block("10.0.0.0/8", 443)])],
  [
    "look",
    "a policy that a person made by hand in a role with policies",
    inRole({ inline_policy: [] }, { inline_policy: [{ name: "hand" }] }),
  ],
  [
    "safe",
    "a role that reports its policies after the first apply",
    inRole({ inline_policy: [] }, { inline_policy: [{ name: "p" }] }),
  ],
  ["look", "a policy that a person attached by hand", inRole({}, { managed_policy_arns: ["arn:a"] })],
  [
    "look",
    "a bucket policy that a person made by hand",
    drifted("aws_s3_bucket", { id: "b", policy: "" }, { policy: "{}" }),
  ],
  [
    "look",
    "a route that a person made by hand",
    drifted(
      "aws_route_table",
      { id: "rtb", route: [] },
      { route: [{ cidr_block: "10.9.0.0/16" }] },
      exists("aws_route", { route_table_id: "rtb", destination_cidr_block: "0.0.0.0/0" }),
    ),
  ],
  [
    "look",
    "a service that a person stopped by hand",
    drifted("aws_ecs_service", { desired_count: 2 }, { desired_count: 0 }),
  ],
  ["dangerous", "another region, where the roles are found", elsewhere(exists("aws_iam_role", { id: "r" }))],
  [
    "dangerous",
    "another account, where what is not of AWS is found",
    elsewhere(exists("random_id", { id: "r" })),
  ],
  ["look", "three objects that were deleted by hand", elsewhere(exists("aws_sqs_queue", { id: "q" }))],
  ["look", "weaker ciphers of the same TLS", tls("TLS13-1-2-2021-06", "TLS13-1-2-Ext2-2021-06")],
  ["look", "the same TLS under a name without it", tls("TLS13-1-2-2021-06", "FS-1-2-Res-2020-10")],
  ["dangerous", "an older TLS than that", tls("FS-1-2-Res-2020-10", "2016-08")],
  [
    "look",
    "another key of one's own",
    planOf(
      update("aws_s3_bucket_server_side_encryption_configuration", { rule: key("k1") }, { rule: key("k2") }),
    ),
  ],
  [
    "look",
    "a certificate that goes after its successor",
    planOf({
      ...change("aws_acm_certificate", "replace", { arn: "c1" }, {}),
      change: { actions: ["create", "delete"], before: { arn: "c1" }, after: {} },
    }),
  ],
  [
    "dangerous",
    "a certificate that goes first",
    planOf(change("aws_acm_certificate", "replace", { arn: "c1" }, {})),
  ],
  [
    "look",
    "what an earlier replacement of a target group has left",
    planOf({ ...change("aws_lb_target_group", "delete", { arn: "old" }, null), deposed: "ab12cd34" }),
  ],
];
