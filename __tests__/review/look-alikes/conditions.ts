import { change, planOf, update, type ChangeJson } from "../../support/plans";
import type { LabelledPlan } from "./labelled-plan";

type Values = Record<string, unknown>;
const policy = (...Statement: Values[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const everybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };

const EVENTS = { Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" };
const issuer = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const WORKFLOW = { Principal: { Federated: issuer }, Action: "sts:AssumeRoleWithWebIdentity" };
const main = "repo:acme/infrastructure:ref:refs/heads/main";
const SUBJECT = "token.actions.githubusercontent.com:sub";

const trust = (statement: Values, before: Values, after: Values) => {
  const document = (Condition: Values) => policy({ Effect: "Allow", ...statement, Condition });
  return planOf(
    update("aws_iam_role", { assume_role_policy: document(before) }, { assume_role_policy: document(after) }),
  );
};

/** A bucket policy that denies everything under a condition. */
const denial = (before: Values, after: Values) => {
  const document = (Condition: Values) => policy({ ...everybody, Effect: "Deny", Action: "s3:*", Condition });
  return planOf(
    update("aws_s3_bucket_policy", { bucket: "b", policy: document(before) }, { policy: document(after) }),
  );
};

/** A new bucket whose policy allows everybody under a condition. */
const openTo = (Condition: Values) =>
  planOf(
    change("aws_s3_bucket", "create", null, { bucket: "b" }, { after_unknown: { id: true } }),
    change(
      "aws_s3_bucket_policy",
      "create",
      null,
      { policy: policy({ ...everybody, Condition }) },
      { after_unknown: { bucket: true } },
    ),
  );

const created = (type: string, values: Values): ChangeJson => change(type, "create", null, values);
const newRole = (more: Values) =>
  planOf(
    created("aws_iam_role", {
      name: "new",
      assume_role_policy: policy({ Effect: "Allow", ...EVENTS }),
      ...more,
    }),
  );
const inline = (Action: string, Resource: string) => {
  return { inline_policy: [{ name: "p", policy: policy({ Effect: "Allow", Action, Resource }) }] };
};
const endpoints = ["vpce-1", "vpce-2"];

/** Conditions of policies, and policies inside of a resource: each dangerous one with what looks like it and is not. */
export const CONDITIONS: readonly LabelledPlan[] = [
  [
    "dangerous",
    "a trust whose condition holds without the key too",
    trust(
      EVENTS,
      { StringEquals: { "aws:SourceAccount": "111122223333" } },
      { StringEqualsIfExists: { "aws:SourceAccount": "111122223333" } },
    ),
  ],
  [
    "dangerous",
    "a trust in every repository in place of one branch",
    trust(WORKFLOW, { StringEquals: { [SUBJECT]: main } }, { StringLike: { [SUBJECT]: "repo:acme/*" } }),
  ],
  [
    "safe",
    "the same branch under StringLike",
    trust(WORKFLOW, { StringEquals: { [SUBJECT]: main } }, { StringLike: { [SUBJECT]: main } }),
  ],
  [
    "look",
    "a trust in another branch",
    trust(WORKFLOW, { StringEquals: { [SUBJECT]: main } }, { StringEquals: { [SUBJECT]: `${main}2` } }),
  ],
  [
    "dangerous",
    "a denial with one exception more",
    denial(
      { StringNotEquals: { "aws:SourceVpce": ["vpce-1"] } },
      { StringNotEquals: { "aws:SourceVpce": endpoints } },
    ),
  ],
  [
    "look",
    "a denial with one exception less",
    denial(
      { StringNotEquals: { "aws:SourceVpce": endpoints } },
      { StringNotEquals: { "aws:SourceVpce": ["vpce-1"] } },
    ),
  ],
  [
    "dangerous",
    "a denial of older versions of TLS than before",
    denial({ NumericLessThan: { "s3:TlsVersion": "1.3" } }, { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
  ],
  [
    "look",
    "a denial of newer versions of TLS than before",
    denial({ NumericLessThan: { "s3:TlsVersion": "1.2" } }, { NumericLessThan: { "s3:TlsVersion": "1.3" } }),
  ],
  ["safe", "a new bucket for an organization", openTo({ StringEquals: { "aws:PrincipalOrgID": "o-1" } })],
  [
    "dangerous",
    "a new bucket for everybody but an account",
    openTo({ StringNotEquals: { "aws:SourceAccount": "111122223333" } }),
  ],
  [
    "dangerous",
    "a new bucket for who has no organization",
    openTo({ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } }),
  ],
  ["dangerous", "a new bucket for any organization", openTo({ StringLike: { "aws:PrincipalOrgID": "*" } })],
  [
    "look",
    "a denial that arrives in a policy of its own",
    planOf(
      created("aws_s3_bucket_policy", { bucket: "b", policy: policy({ ...everybody, Effect: "Deny" }) }),
    ),
  ],
  [
    "dangerous",
    "a new topic for everybody",
    planOf(created("aws_sns_topic", { policy: policy({ ...everybody, Action: "sns:Publish" }) })),
  ],
  [
    "safe",
    "a new topic with the policy of AWS",
    planOf(change("aws_sns_topic", "create", null, { name: "t" }, { after_unknown: { policy: true } })),
  ],
  [
    "dangerous",
    "logs that everybody can write",
    planOf(
      created("aws_cloudwatch_log_resource_policy", {
        policy_name: "p",
        policy_document: policy({ ...everybody, Action: "logs:PutLogEvents" }),
      }),
    ),
  ],
  [
    "safe",
    "a new endpoint with less than the policy of AWS",
    planOf(created("aws_vpc_endpoint", { vpc_id: "vpc-1", policy: policy(everybody) })),
  ],
  [
    "look",
    "a right to read a role",
    planOf(
      created("aws_iam_role_policy", {
        role: "r",
        policy: policy({
          Effect: "Allow",
          Action: "iam:GetRole",
          Resource: "arn:aws:iam::111122223333:role/x",
        }),
      }),
    ),
  ],
  ["dangerous", "a new role that may do everything", newRole(inline("*", "*"))],
  ["look", "a new role with a wildcard", newRole(inline("s3:*", "*"))],
  ["safe", "a new role with an exact right", newRole(inline("s3:GetObject", "arn:aws:s3:::b/x"))],
  [
    "dangerous",
    "a new administrator",
    newRole({ managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
  ],
];
