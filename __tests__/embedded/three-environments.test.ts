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
  // A profile that exists on no machine: neither the provider nor the states nor our own calls may use it.
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

/** The network and the certificate that prd refers to. */
function createNetwork({ network, ingress }: Prd): void {
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
  it("is not deployed if moto exits, which is reported in one sentence", async () => {
    const run = system.local();
    await run.shows(/The embedded AWS is running/);
    const { pid } = JSON.parse(system.text("local", "emulator.json")) as { pid: number };
    process.kill(pid, "SIGKILL");
    const { code, err } = await run.ended;
    expect(err).toMatch(
      /^the embedded AWS exited unexpectedly; its state is lost\. Last line of \S+: \(none\)$/m,
    );
    expect(code).toBe(1);
    expect((await system.local("status").ended).out).toMatch(
      /exited unexpectedly; see \S+\. To start another: npx codeseries local/,
    );
  });

  it("is deployed except prd without prd's network; shared is not started, and no stack stays locked", async () => {
    const { code, err } = await system.local().ended;
    expect(err).toMatch(/^prd: Error: no matching EC2 VPC found/m);
    for (const stack of ["dev", "stg"]) expect(err).toMatch(new RegExp(`^${stack}: [1-9]\\d* added, `, "m"));
    expect(err).toMatch(/^shared: not deployed, because a stack that it depends on failed$/m);
    expect(code).toBe(1);
    const { Contents: objects } = system.aws(undefined, "s3", "list_objects_v2", {
      Bucket: "acme-terraform-state",
    }) as { Contents: { Key: string }[] };
    expect(objects.filter(({ Key }) => Key.endsWith(".tflock"))).toEqual([]);
  });

  it("is deployed into its four accounts with it, by a role or without the profile", async () => {
    createNetwork(config.environments.prd);
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

  it("is proven to have its permissions, from the deployed documents", async () => {
    const { code, err, out } = await system.permissions("--deployed");
    expect(code === 0 ? "" : out + err).toBe("");
  });

  it("has empty plans", async () => {
    expect(await stacksWithChanges(system, ["bootstrap", "dev", "stg", "prd", "shared"])).toEqual([]);
  });
});
