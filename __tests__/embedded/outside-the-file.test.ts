import { stacksWithChanges } from "../support/deployed";
import { EmbeddedProject } from "../support/embedded-project";

const SHARED = "111111111111";
const DEV = "222222222222";
const REGION = "eu-central-1";
const arn = (service: string, resource: string, account = DEV, region = REGION) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const CONNECTION = arn("codeconnections", "connection/1234abcd", SHARED);
const CERTIFICATE = arn("acm", "certificate/1234abcd");
const SECRET = arn("secretsmanager", "secret:db-AbCdEf");
const PARAMETER = arn("ssm", "parameter/shop/level");
const HOOK = arn("lambda", "function:smoke-test");
const KEY = arn("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab");
const POLICY = "arn:aws:iam::222222222222:policy/shop-reads";
const BUILD_SECRET = arn("secretsmanager", "secret:npm-AbCdEf", SHARED);
const PREFIX_LIST = "pl-0123456789abcdef0";
const ZONE = "Z0123456789ABCDEFGHIJ";
const VPC = "vpc-0123456789abcdef0";
const PUBLIC = ["subnet-0a23456789abcdef0", "subnet-0b23456789abcdef0"];
const BUILD_VPC = {
  vpcId: "vpc-0a23456789abcdef0",
  subnetIds: ["subnet-0e23456789abcdef0", "subnet-0f23456789abcdef0"],
  securityGroupIds: ["sg-0123456789abcdef0"],
};
const PRIVATE = ["subnet-0c23456789abcdef0", "subnet-0d23456789abcdef0"];

/** Everything that a configuration can name and no stack makes. */
const config = {
  organization: "acme",
  region: REGION,
  state: { bucket: "acme-terraform-state" },
  accounts: {
    shared: { id: SHARED, vpc: BUILD_VPC },
    dev: { id: DEV, permissionsBoundary: "team-boundary" },
  },
  environments: {
    dev: {
      branch: "main",
      cluster: "shop",
      notifications: { email: ["releases@example.com"] },
      network: { vpcId: VPC, publicSubnetIds: PUBLIC, privateSubnetIds: PRIVATE },
      ingress: {
        certificateArn: CERTIFICATE,
        testTrafficFrom: ["203.0.113.0/24"],
        allowFrom: [PREFIX_LIST],
        hostedZones: { "example.com": ZONE },
      },
    },
  },
  services: {
    shop: {
      source: { connection: { arn: CONNECTION, repository: "acme/shop" } },
      port: 8080,
      path: "/shop",
      host: "shop.example.com",
      healthCheckPath: "/health",
      build: { vpc: true, secrets: { NPM_TOKEN: BUILD_SECRET } },
      task: {
        secrets: { DB_PASSWORD: `${SECRET}:password::`, LEVEL: PARAMETER, MODE: "/shop/mode" },
        secretKeyArns: [KEY],
        policies: [POLICY],
      },
      deployment: {
        hooks: { afterAllowTestTraffic: HOOK },
        rollbackOnAlarms: true,
        alarmNames: ["shop-orders-stopped"],
      },
    },
  },
};

/** What the table must say of each: its account, what it is, and its ARN, id or name. */
const STAND_INS: readonly (readonly [account: string, kind: string, id: string])[] = [
  ["dev", "VPC", VPC],
  ...[...PUBLIC, ...PRIVATE].map((id) => ["dev", "subnet", id] as const),
  ["dev", "certificate", CERTIFICATE],
  ["dev", "secret", SECRET],
  ["dev", "parameter", "/shop/level"],
  ["dev", "parameter", "/shop/mode"],
  ["dev", "function", HOOK],
  ["dev", "key", KEY],
  ["dev", "policy", POLICY],
  ["dev", "policy", "arn:aws:iam::222222222222:policy/team-boundary"],
  ["dev", "prefix list", PREFIX_LIST],
  ["dev", "hosted zone", ZONE],
  ["dev", "alarm", "shop-orders-stopped"],
  ["shared", "connection", CONNECTION],
  ["shared", "VPC", BUILD_VPC.vpcId],
  ...BUILD_VPC.subnetIds.map((id) => ["shared", "subnet", id] as const),
  ...BUILD_VPC.securityGroupIds.map((id) => ["shared", "security group", id] as const),
  ["shared", "secret", BUILD_SECRET],
];

const system = new EmbeddedProject();
beforeAll(() => {
  system.configure(config);
});
afterAll(() => system.end());

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe("a configuration that names what no stack makes", () => {
  it("is deployed, and its table lists the stand-ins, and nothing else as one", async () => {
    const { fault, out } = await system.local().ended;
    expect(fault).toBe("");
    for (const [account, kind, id] of STAND_INS)
      expect(out).toMatch(new RegExp(`${account} \\d{12} +│ stand-in: ${kind} +│ ${escaped(id)} `));
    expect(out.match(/stand-in: /g)).toHaveLength(STAND_INS.length);
  });

  it("has empty plans", async () => {
    expect(await stacksWithChanges(system, ["bootstrap", "dev", "shared"])).toEqual([]);
  });
});
