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
const VPC = "vpc-0123456789abcdef0";
const PUBLIC = ["subnet-0a23456789abcdef0", "subnet-0b23456789abcdef0"];
const PRIVATE = ["subnet-0c23456789abcdef0", "subnet-0d23456789abcdef0"];

/** Everything that a configuration can name and no stack makes. */
const config = {
  organization: "acme",
  region: REGION,
  state: { bucket: "acme-terraform-state" },
  accounts: { shared: { id: SHARED }, dev: { id: DEV } },
  environments: {
    dev: {
      branch: "main",
      cluster: "shop",
      network: { vpcId: VPC, publicSubnetIds: PUBLIC, privateSubnetIds: PRIVATE },
      ingress: { certificateArn: CERTIFICATE, testTrafficFrom: ["203.0.113.0/24"] },
    },
  },
  services: {
    shop: {
      source: { connection: { arn: CONNECTION, repository: "acme/shop" } },
      port: 8080,
      path: "/shop",
      healthCheckPath: "/health",
      task: { secrets: { DB_PASSWORD: `${SECRET}:password::`, LEVEL: PARAMETER } },
      deployment: { hooks: { afterAllowTestTraffic: HOOK } },
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
  ["dev", "function", HOOK],
];

const system = new EmbeddedProject();
beforeAll(() => {
  system.configure(config);
});
afterAll(() => system.end());

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe("a configuration that names what no stack makes", () => {
  it("is deployed, and its table lists the stand-ins, and nothing else as one", async () => {
    const { code, err, out } = await system.local().ended;
    expect(code === 0 ? "" : err).toBe("");
    for (const [account, kind, id] of STAND_INS)
      expect(out).toMatch(new RegExp(`${account} \\d{12} +│ stand-in: ${kind} +│ ${escaped(id)} `));
    expect(out.match(/stand-in: /g)).toHaveLength(STAND_INS.length);
  });

  it("has empty plans", async () => {
    expect(await stacksWithChanges(system, ["bootstrap", "dev", "shared"])).toEqual([]);
  });
});
