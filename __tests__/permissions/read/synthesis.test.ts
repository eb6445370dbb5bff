import { policiesJson, policiesOfStacks, type Policies } from "../../../src/permissions";
import type { Block, Stacks } from "../../../src/synthesis/synthesized";
import { changed, provableSystem } from "../../support/proof";

const { policies, stacks } = provableSystem("codeseries.yaml");

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
    expect(policies.roles.find(({ arn }) => arn.endsWith("/bys-dev-iam-deploy-role"))).toMatchObject({
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
    expect(policies.keys).toMatchObject([
      { account: "202949997891", aliases: ["alias/bys-shared-kms-codeseries-awssdk-iam"] },
    ]);
    expect(policies.repositories).toEqual([
      {
        arn: "arn:aws:ecr:ap-northeast-2:558846431111:repository/ecs/dev-awssdk-iam",
        account: "558846431111",
        policy: null,
      },
    ]);
  });

  it("have the log group that a policy of CloudWatch Logs is for", () => {
    const [{ policy, ...group } = {}] = policies.logGroups;
    expect(group).toEqual({
      arn: "arn:aws:logs:ap-northeast-2:558846431111:log-group:/aws/events/bys-dev",
      account: "558846431111",
    });
    expect(policy?.Statement.map(({ Sid }) => Sid)).toEqual(["CreateLogStreams", "KeepEventsOfRules"]);
  });

  it("are printed in the order of their ARNs, with the key's aliases and without its grants", () => {
    const { keys, roles } = policies;
    const [key] = keys.map((one) => ({ ...one, grants: [{ Effect: "Allow" }] }));
    const printed = policiesJson({ ...policies, roles: [...roles].reverse(), keys: key ? [key] : [] });
    expect(printed).toBe(policiesJson(policies));
    const found = (JSON.parse(printed) as Policies).roles.map(({ arn }) => arn);
    expect(found).toEqual([...found].sort());
  });

  it.each([
    [
      "a policy of something that is not there",
      "aws_s3_bucket_policy",
      { bucket: "another-bucket", policy: "{}" },
      "aws_s3_bucket_policy.more belongs to no resource of this stack",
    ],
    ["a right of a kind that is not read", "aws_kms_grant", {}, "cannot read aws_kms_grant.more"],
    [
      "a policy that is none",
      "aws_iam_policy",
      { name: "any", policy: "all of it" },
      "policy of aws_iam_policy.more: expected JSON, got all of it",
    ],
    [
      "a policy inside a role",
      "aws_iam_role",
      { name: "any", inline_policy: [] },
      "cannot read aws_iam_role.more: the proof does not read its inline_policy",
    ],
    [
      "rights in a bucket itself",
      "aws_s3_bucket",
      { acl: "public-read" },
      "aws_s3_bucket.more: the proof does not read its acl",
    ],
    [
      "a resource that is made never, or often",
      "aws_iam_policy",
      { count: 0 },
      "the proof does not read its count",
    ],
    [
      "a resource of another provider",
      "aws_iam_policy",
      { provider: "aws.o" },
      "the proof does not read its provider",
    ],
    [
      "an access control list",
      "aws_s3_bucket_acl",
      {},
      "cannot read aws_s3_bucket_acl.more: it may grant permissions",
    ],
    [
      "what runs beside a resource",
      "aws_eip",
      { provisioner: { "local-exec": {} } },
      "aws_eip.more: the proof does not read its provisioner",
    ],
    [
      "a policy of a VPC endpoint",
      "aws_vpc_endpoint",
      { policy: "{}" },
      "aws_vpc_endpoint.more: the proof does not read its policy",
    ],
    ["an identity provider", "aws_iam_openid_connect_provider", {}, "more: it may grant permissions"],
  ])("name %s, and pass over nothing", (_, type, block, message) => {
    expect(() => policiesOfStacks(withInDev(type, block))).toThrow(message);
  });

  it("have the ARN of an attached policy whose document is not in the stacks", () => {
    const policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess";
    const { roles } = policiesOfStacks(
      withInDev("aws_iam_role_policy_attachment", { role: roleName, policy_arn }),
    );
    expect(roles.flatMap(({ unread = [] }) => unread)).toEqual([policy_arn]);
  });

  it("name a second policy of one thing", () => {
    const [policy] = Object.entries(stacks.shared?.resource?.aws_s3_bucket_policy ?? {});
    const [id, block] = policy ?? ["", {}];
    const twice = {
      ...stacks.shared?.resource,
      aws_s3_bucket_policy: { [id]: block, more: block },
    };
    const shared = { ...stacks, shared: { ...stacks.shared, resource: twice } };
    expect(() => policiesOfStacks(shared)).toThrow(/aws_s3_bucket\.\S+ has 2 policies: AWS keeps one/);
  });

  it.each([
    ["a module", { module: { more: { source: "./more" } } }, "stack dev: the proof does not read its module"],
    [
      "a role that is looked up",
      { data: { aws_iam_role: { more: { name: "any" } } } },
      "stack dev: the proof does not read its data.aws_iam_role",
    ],
  ])("name %s", (_, section, message) => {
    const dev = { ...stacks, dev: { ...stacks.dev, ...section } };
    expect(() => policiesOfStacks(dev)).toThrow(message);
  });

  it("name a second provider", () => {
    const provider = { aws: [...(stacks.dev?.provider?.aws ?? []), { alias: "o" }] };
    const dev = { ...stacks, dev: { ...stacks.dev, provider } };
    expect(() => policiesOfStacks(dev)).toThrow("stack dev: the proof does not read its second provider");
  });

  it("name an expression that is more than a reference", () => {
    const broken = changed(stacks, "s3:GetObjectVersion", '${join(\\",\\", [for v in {a = 1} : v])}');
    expect(() => policiesOfStacks(broken)).toThrow(/^stack \w+: cannot resolve /);
  });

  it("name a reference that leads nowhere", () => {
    const broken = changed(stacks, "services_awssdk-iam_delivery_artifact-key_E6225E46.arn", "gone.arn");
    expect(() => policiesOfStacks(broken)).toThrow(
      /^stack shared: cannot resolve \$\{aws_kms_key\.gone\.arn\}$/,
    );
  });
});
