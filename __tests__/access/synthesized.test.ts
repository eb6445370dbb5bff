import { sorted } from "../../src/access/documents";
import { synthesizedEvidence } from "../../src/access/synthesized";
import type { Block, Stacks } from "../../src/access/synthesis";
import { changed, systemOf } from "../support/evidence";

const { evidence, stacks } = systemOf("codeseries.yaml");

/** The stacks with one more resource in dev. */
const withInDev = (type: string, block: Block): Stacks => ({
  ...stacks,
  dev: {
    ...stacks.dev,
    resource: { ...stacks.dev?.resource, [type]: { ...stacks.dev?.resource?.[type], more: block } },
  },
});

const [executionRole] = Object.entries(stacks.dev?.resource?.aws_iam_role ?? {}).filter(([id]) =>
  id.includes("execution"),
);
const roleName = `\${aws_iam_role.${executionRole?.[0] ?? ""}.name}`;

describe("the documents of a synthesis", () => {
  it("have a role with its account, its trust and its policies", () => {
    expect(evidence.roles.find(({ arn }) => arn.endsWith("/bys-dev-iam-deploy-role"))).toMatchObject({
      arn: "arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role",
      account: "558846431111",
      trust: {
        Statement: [
          {
            Action: "sts:AssumeRole",
            Principal: { AWS: "arn:aws:iam::202949997891:root" },
            Condition: {
              ArnEquals: {
                "aws:PrincipalArn": "arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdb-role",
              },
            },
          },
        ],
      },
      identity: [{ name: "permissions", document: { Version: "2012-10-17" } }],
    });
  });

  it("have a key with its aliases, and a repository without a policy", () => {
    expect(evidence.keys).toMatchObject([
      { account: "202949997891", aliases: ["alias/bys-shared-kms-codeseries-awssdk-iam"] },
    ]);
    expect(evidence.repositories).toEqual([
      {
        arn: "arn:aws:ecr:ap-northeast-2:558846431111:repository/ecs/dev-awssdk-iam",
        account: "558846431111",
        policy: null,
      },
    ]);
  });

  it("are sorted by ARN", () => {
    const { roles } = sorted({ ...evidence, roles: [...evidence.roles].reverse() });
    expect(roles.map(({ arn }) => arn)).toEqual([...roles.map(({ arn }) => arn)].sort());
  });

  it.each([
    [
      "an attachment",
      "aws_iam_role_policy_attachment",
      { role: roleName, policy_arn: "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS" },
    ],
  ])("hold AWS's managed policies by %s", (_, type, block) => {
    const { roles } = synthesizedEvidence(withInDev(type, block));
    const role = roles.find(({ arn }) => arn.endsWith("ecs-task-exec-role"));
    expect(role?.identity.map(({ name }) => name)).toEqual([
      "permissions",
      "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS",
    ]);
    expect(JSON.stringify(role?.identity)).toContain("sns:Publish");
  });

  it.each([
    [
      "a managed policy whose text nobody knows",
      "aws_iam_role_policy_attachment",
      { role: roleName, policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      "the text of arn:aws:iam::aws:policy/AdministratorAccess is not known",
    ],
    [
      "a policy of something that is not there",
      "aws_s3_bucket_policy",
      { bucket: "another-bucket", policy: "{}" },
      "aws_s3_bucket_policy.more belongs to nothing that this stack makes",
    ],
    ["a right of a kind that is not read", "aws_kms_grant", {}, "cannot read aws_kms_grant.more"],
    [
      "a policy that is none",
      "aws_iam_policy",
      { name: "any", policy: "all of it" },
      "policy of aws_iam_policy.more: expected a policy in JSON, got all of it",
    ],
    [
      "a policy inside a role",
      "aws_iam_role",
      { name: "any", inline_policy: [] },
      "cannot read inline_policy of aws_iam_role.more",
    ],
  ])("name %s, and pass over nothing", (_, type, block, message) => {
    expect(() => synthesizedEvidence(withInDev(type, block))).toThrow(message);
  });

  it("name a reference that leads nowhere", () => {
    const broken = changed(stacks, "services_awssdk-iam_delivery_release_push-role_B56B881E.arn", "gone.arn");
    expect(() => synthesizedEvidence(broken)).toThrow(
      /^stack dev: cannot resolve \$\{aws_iam_role\.gone\.arn\}$/,
    );
  });
});
