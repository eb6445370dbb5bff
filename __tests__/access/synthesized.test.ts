import { sorted } from "../../src/access/evidence/documents";
import type { Block, Stacks } from "../../src/access/evidence/synthesis";
import { synthesizedEvidence } from "../../src/access/evidence/synthesized";
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
      "has arn:aws:iam::aws:policy/AdministratorAccess attached, whose text is not known without AWS: take it away",
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
      "cannot read aws_iam_role.more: its inline_policy is not understood here",
    ],
    [
      "rights in a bucket itself",
      "aws_s3_bucket",
      { acl: "public-read" },
      "aws_s3_bucket.more: its acl is not",
    ],
    [
      "a resource that is made never, or often",
      "aws_iam_policy",
      { count: 0 },
      "its count is not understood",
    ],
    [
      "a resource of another provider",
      "aws_iam_policy",
      { provider: "aws.o" },
      "its provider is not understood",
    ],
    [
      "an access control list",
      "aws_s3_bucket_acl",
      {},
      "cannot read aws_s3_bucket_acl.more: it may grant rights",
    ],
    [
      "what runs beside a resource",
      "aws_eip",
      { provisioner: { "local-exec": {} } },
      "aws_eip.more: its provisioner is not",
    ],
    [
      "a policy of a VPC endpoint",
      "aws_vpc_endpoint",
      { policy: "{}" },
      "aws_vpc_endpoint.more: its policy is",
    ],
    ["an identity provider", "aws_iam_openid_connect_provider", {}, "more: it may grant rights"],
  ])("name %s, and pass over nothing", (_, type, block, message) => {
    expect(() => synthesizedEvidence(withInDev(type, block))).toThrow(message);
  });

  it("name a second policy of one thing", () => {
    const [policy] = Object.entries(stacks.shared?.resource?.aws_s3_bucket_policy ?? {});
    const [id, block] = policy ?? ["", {}];
    const twice = {
      ...stacks.shared?.resource,
      aws_s3_bucket_policy: { [id]: block, more: block },
    };
    const shared = { ...stacks, shared: { ...stacks.shared, resource: twice } };
    expect(() => synthesizedEvidence(shared)).toThrow(
      /aws_s3_bucket_policy\.more is a second policy of aws_s3_bucket\./,
    );
  });

  it.each([
    ["a module", { module: { more: { source: "./more" } } }, "stack dev: its module is not understood here"],
    [
      "a role that is looked up",
      { data: { aws_iam_role: { more: { name: "any" } } } },
      "stack dev: its data.aws_iam_role is not understood here",
    ],
  ])("name %s", (_, section, message) => {
    const dev = { ...stacks, dev: { ...stacks.dev, ...section } };
    expect(() => synthesizedEvidence(dev)).toThrow(message);
  });

  it("name a second provider", () => {
    const provider = { aws: [...(stacks.dev?.provider?.aws ?? []), { alias: "o" }] };
    const dev = { ...stacks, dev: { ...stacks.dev, provider } };
    expect(() => synthesizedEvidence(dev)).toThrow("stack dev: expected one provider, got 2");
  });

  it("name an expression that is more than a reference", () => {
    const broken = changed(stacks, "s3:GetObjectVersion", '${join(\\",\\", [for v in {a = 1} : v])}');
    expect(() => synthesizedEvidence(broken)).toThrow(/^stack \w+: cannot resolve /);
  });

  it("name a reference that leads nowhere", () => {
    const broken = changed(stacks, "services_awssdk-iam_delivery_artifact-key_E6225E46.arn", "gone.arn");
    expect(() => synthesizedEvidence(broken)).toThrow(
      /^stack shared: cannot resolve \$\{aws_kms_key\.gone\.arn\}$/,
    );
  });
});
