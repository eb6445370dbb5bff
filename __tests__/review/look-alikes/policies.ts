import { change, planOf, update } from "../../support/plans";
import type { LabelledPlan } from "./labelled-plan";

type Values = Record<string, unknown>;
const policy = (...Statement: Values[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: unknown, Resource: unknown, more: Values = {}) => {
  return { Effect: "Allow", Action, Resource, ...more };
};
const rolePolicy = (before: Values[], after: Values[]) =>
  planOf(
    update("aws_iam_role_policy", { role: "r", policy: policy(...before) }, { policy: policy(...after) }),
  );
const trust = (before: Values, after: Values) => {
  const statement = (more: Values) => policy({ Effect: "Allow", Action: "sts:AssumeRole", ...more });
  return planOf(
    update(
      "aws_iam_role",
      { name: "r", arn: "arn:aws:iam::111122223333:role/r", assume_role_policy: statement(before) },
      { assume_role_policy: statement(after) },
    ),
  );
};

const repository = "arn:aws:ecr:eu-west-1:111122223333:repository/app";
const PUSH = ["ecr:PutImage", "ecr:InitiateLayerUpload"];
const push = allow(PUSH, repository, { Sid: "Push" });

const newRole = "arn:aws:iam::111122223333:role/new";
const TO_TASKS = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
const passingNewRole = (more?: Values) =>
  planOf(
    change("aws_iam_role", "create", null, { name: "new", path: "/" }),
    update(
      "aws_iam_policy",
      { arn: "arn:aws:iam::111122223333:policy/people", policy: policy(push) },
      { policy: policy(push, allow("iam:PassRole", newRole, more)) },
    ),
  );

const deny = { Effect: "Deny", Action: "ecr:DeleteRepository", Resource: "*" };
const inRole = (before: Values[], after: Values[]) => {
  const blocks = (statements: Values[]) => ({
    inline_policy: [{ name: "p", policy: policy(...statements) }],
  });
  return planOf(update("aws_iam_role", blocks(before), blocks(after)));
};

/** Changes of policies: each dangerous one with what looks like it and is not. */
export const POLICIES: readonly LabelledPlan[] = [
  ["dangerous", "a right on all repositories", rolePolicy([push], [{ ...push, Resource: "*" }])],
  [
    "safe",
    "the same statement with another id and order",
    rolePolicy([push], [{ ...push, Sid: "X", Action: [...PUSH].reverse() }]),
  ],
  [
    "safe",
    "a statement that is split in two",
    rolePolicy(
      [push],
      PUSH.map((one) => allow(one, repository)),
    ),
  ],
  [
    "look",
    "an exact right on an exact resource",
    rolePolicy([push], [push, allow("ecr:DescribeImages", repository)]),
  ],
  ["look", "a right that is lost", rolePolicy([push], [allow("ecr:PutImage", repository)])],
  [
    "dangerous",
    "a right to pass a role",
    rolePolicy([push], [push, allow("iam:PassRole", "arn:aws:iam::111122223333:role/x")]),
  ],
  [
    "look",
    "a right to pass a role that the same plan creates, to tasks only",
    passingNewRole({ Condition: TO_TASKS }),
  ],
  ["dangerous", "a right to pass it to any service", passingNewRole()],
  [
    "dangerous",
    "a right to pass a role that exists, to tasks only",
    rolePolicy([push], [push, allow("iam:PassRole", newRole, { Condition: TO_TASKS })]),
  ],
  [
    "look",
    "a right on the revisions of one task definition",
    rolePolicy(
      [push],
      [push, allow("ecs:TagResource", "arn:aws:ecs:eu-west-1:111122223333:task-definition/new:*")],
    ),
  ],
  [
    "look",
    "a login to the registry, which has no resource",
    rolePolicy([push], [push, allow("ecr:GetAuthorizationToken", "*")]),
  ],
  [
    "dangerous",
    "a denial that is lost",
    rolePolicy([push, { Effect: "Deny", Action: "ecr:DeleteRepository", Resource: "*" }], [push]),
  ],
  [
    "look",
    "a denial that is added",
    rolePolicy([push], [push, { Effect: "Deny", Action: "ecr:DeleteRepository", Resource: "*" }]),
  ],
  [
    "dangerous",
    "NotAction",
    rolePolicy([push], [push, { Effect: "Allow", NotAction: "iam:*", Resource: repository }]),
  ],
  [
    "safe",
    "a statement that moves to another policy of the same role",
    planOf(
      change(
        "aws_iam_role_policy",
        "update",
        { role: "r", policy: policy(push, allow("s3:*", "*")) },
        { role: "r", policy: policy(push) },
      ),
      change(
        "aws_iam_role_policy",
        "create",
        null,
        { role: "r", policy: policy(allow("s3:*", "*")) },
        {},
        "aws_iam_role_policy.two",
      ),
    ),
  ],
  [
    "dangerous",
    "a new policy of a role that exists",
    planOf(change("aws_iam_role_policy", "create", null, { role: "r", policy: policy(allow("s3:*", "*")) })),
  ],
  [
    "look",
    "the same policy of a new role",
    planOf(
      change("aws_iam_role", "create", null, { name: "r" }),
      change("aws_iam_role_policy", "create", null, { role: "r", policy: policy(allow("s3:*", "*")) }),
    ),
  ],
  [
    "dangerous",
    "every action on everything, for a new role",
    planOf(
      change("aws_iam_role", "create", null, { name: "r" }),
      change("aws_iam_role_policy", "create", null, { role: "r", policy: policy(allow("*", "*")) }),
    ),
  ],
  [
    "dangerous",
    "a trust in everybody",
    trust({ Principal: { Service: "ecs-tasks.amazonaws.com" } }, { Principal: "*" }),
  ],
  [
    "dangerous",
    "a trust in another account",
    trust({ Principal: { AWS: "111122223333" } }, { Principal: { AWS: ["111122223333", "444455556666"] } }),
  ],
  [
    "look",
    "a trust in the account of an environment that is added",
    {
      ...trust(
        { Principal: { AWS: "111122223333" } },
        { Principal: { AWS: ["111122223333", "444455556666"] } },
      ),
      output_changes: {
        system: { actions: ["update"], before: {}, after: { accounts: { stg: "444455556666" } } },
      },
    },
  ],
  ["dangerous", "a wildcard in a policy inside of a role", inRole([push], [{ ...push, Resource: "*" }])],
  ["dangerous", "a denial that is lost inside of a role", inRole([push, deny], [push])],
  [
    "look",
    "an exact right in a policy inside of a role",
    inRole([push], [push, allow("ecr:DescribeImages", repository)]),
  ],
  [
    "look",
    "a trust in another role of the same account",
    trust(
      { Principal: { AWS: "111122223333" } },
      { Principal: { AWS: ["111122223333", "arn:aws:iam::111122223333:role/x"] } },
    ),
  ],
  [
    "dangerous",
    "a trust without its condition",
    trust(
      {
        Principal: { Service: "events.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
      { Principal: { Service: "events.amazonaws.com" } },
    ),
  ],
  [
    "safe",
    "a principal that is written in another way",
    trust({ Principal: { AWS: "111122223333" } }, { Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
  ],
  [
    "dangerous",
    "a managed policy of AWS that gives everything",
    planOf(
      change("aws_iam_role_policy_attachment", "create", null, {
        role: "r",
        policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
    ),
  ],
  [
    "look",
    "a small managed policy of AWS",
    planOf(
      change("aws_iam_role_policy_attachment", "create", null, {
        role: "r",
        policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
      }),
    ),
  ],
  [
    "dangerous",
    "a boundary that goes",
    planOf(update("aws_iam_role", { permissions_boundary: "arn:b" }, { permissions_boundary: null })),
  ],
];
