import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { stacksWithChanges } from "../support/deployed";
import { EmbeddedProject } from "../support/embedded-project";

interface Prd {
  network: { vpcId: string; publicSubnetIds: string[]; privateSubnetIds: string[] };
  ingress: { certificateArn: string };
}

interface Configuration {
  accounts: { shared: { id: string; assumeRole?: string; profile?: string } };
  services: Record<string, unknown>;
  environments: { prd: Prd };
}

const ACCOUNTS = { shared: "111111111111", dev: "222222222222", stg: "333333333333", prd: "444444444444" };
const FIXTURE = join(__dirname, "..", "fixtures", "three-environments.yaml");

const system = new EmbeddedProject();
const config = parse(readFileSync(FIXTURE, "utf8")) as Configuration;

beforeAll(() => {
  // A profile that is on no machine, where provider, states and our own calls would use it.
  config.accounts.shared = { id: ACCOUNTS.shared, profile: "acme-shared" };
  system.configure(config);
});
afterAll(() => system.end());

const inPrd = (service: string, operation: string, parameters: object) =>
  system.aws(ACCOUNTS.prd, service, operation, parameters);

function createSubnet(VpcId: string, number: number): string {
  const AvailabilityZone = number % 2 === 0 ? "eu-central-1a" : "eu-central-1b";
  const parameters = { VpcId, CidrBlock: `10.3.${number}.0/24`, AvailabilityZone };
  const { Subnet: subnet } = inPrd("ec2", "create_subnet", parameters) as { Subnet: { SubnetId: string } };
  return subnet.SubnetId;
}

/** What prd has of its own, made by others than codeseries. */
function createSurroundings({ network, ingress }: Prd): void {
  const { Vpc: vpc } = inPrd("ec2", "create_vpc", { CidrBlock: "10.3.0.0/16" }) as { Vpc: { VpcId: string } };
  const { InternetGateway: gateway } = inPrd("ec2", "create_internet_gateway", {}) as {
    InternetGateway: { InternetGatewayId: string };
  };
  inPrd("ec2", "attach_internet_gateway", { VpcId: vpc.VpcId, InternetGatewayId: gateway.InternetGatewayId });
  const subnets = [0, 1, 2, 3].map((number) => createSubnet(vpc.VpcId, number));
  network.vpcId = vpc.VpcId;
  network.publicSubnetIds = subnets.slice(0, 2);
  network.privateSubnetIds = subnets.slice(2);
  const certificate = inPrd("acm", "request_certificate", { DomainName: "acme.example.com" }) as {
    CertificateArn: string;
  };
  ingress.certificateArn = certificate.CertificateArn;
}

describe("the three-environment configuration", () => {
  it("is not deployed where moto dies, which is said in one sentence", async () => {
    const run = system.local();
    await run.said(/The embedded AWS runs/);
    const { pid } = JSON.parse(system.text("local", "emulator.json")) as { pid: number };
    process.kill(pid, "SIGKILL");
    const { code, err } = await run.ended;
    expect(err).toMatch(
      /^the embedded AWS has ended by itself, and forgot everything; its last words in \S+: none$/m,
    );
    expect(code).toBe(1);
    expect((await system.local("status").ended).out).toMatch(
      /has ended by itself; see \S+, then npm run local\./,
    );
  });

  it("is refused without prd's network, by the stack's name; no other stack stays locked", async () => {
    const { code, err } = await system.local().ended;
    expect(err).toMatch(/^prd: Error: no matching EC2 VPC found/m);
    expect(code).toBe(1);
    const { Contents: objects } = system.aws(undefined, "s3", "list_objects_v2", {
      Bucket: "acme-terraform-state",
    }) as { Contents: { Key: string }[] };
    expect(objects.filter(({ Key }) => Key.endsWith(".tflock"))).toEqual([]);
  });

  it("deploys into its four accounts with it, whatever role or profile leads there", async () => {
    createSurroundings(config.environments.prd);
    system.configure(config);
    const { code, err } = await system.local().ended;
    expect(code === 0 ? "" : err).toBe("");
    for (const [name, account] of Object.entries(ACCOUNTS)) {
      const { clusterArns } = system.aws(account, "ecs", "list_clusters") as { clusterArns: string[] };
      expect(clusterArns).toEqual(
        name === "shared" ? [] : [`arn:aws:ecs:eu-central-1:${account}:cluster/${name}-shop`],
      );
    }
    const { pipelines } = system.aws(ACCOUNTS.shared, "codepipeline", "list_pipelines") as {
      pipelines: { name: string }[];
    };
    const deliveries = Object.keys(config.services).flatMap((service) =>
      Object.keys(config.environments).map((environment) => `${service}-${environment}`),
    );
    expect(pipelines.map(({ name }) => name).sort()).toEqual(deliveries.sort());
  });

  it("is proven to have its permissions, from the documents that stand there", async () => {
    const { code, err } = await system.access("--deployed");
    expect(code === 0 ? "" : err).toBe("");
  });

  it("has empty plans", async () => {
    expect(await stacksWithChanges(system, ["bootstrap", "dev", "stg", "prd", "shared"])).toEqual([]);
  });
});
