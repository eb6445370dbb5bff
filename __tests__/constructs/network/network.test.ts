import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { TerraformOutput } from "cdktf";
import { Network, type NetworkProps } from "../../../src/constructs/network/network";
import { all, synth, theOnly, type Block, type Stack } from "../../support/synth";

const props: NetworkProps = { region: "ap-northeast-2", cidr: "10.10.0.0/16", nat: "per-zone" };

const build = (overrides: Partial<NetworkProps> = {}) =>
  synth((scope) => {
    const { publicSubnetIds, privateSubnetIds } = new Network(scope, "network", { ...props, ...overrides });
    new TerraformOutput(scope, "subnets", { value: { publicSubnetIds, privateSubnetIds }, staticId: true });
  });

/** The JSON without the hashes of logical ids: `${aws_vpc.network_vpc.id}`. */
const readable = (stack: Stack) =>
  JSON.parse(JSON.stringify(stack).replaceAll(/_[0-9A-F]{8}\b/g, "")) as Stack;

/** The routes of a table, with the attributes that say something. */
function routes(stack: Stack, table: string): Block[] {
  const { route = [] } = (readable(stack).resource?.aws_route_table?.[`network_${table}`] ?? {}) as {
    route?: Block[];
  };
  return route.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null)));
}

const stack = readable(build());

describe("Network", () => {
  it("gives every zone a public and a private eighth of the network, none twice", () => {
    expect(all(stack, Subnet).map(({ cidr_block: block }) => block)).toEqual(
      expect.arrayContaining([0, 1, 2, 3].map((index) => `\${cidrsubnet("10.10.0.0/16", 3, ${index})}`)),
    );
    expect(all(stack, Subnet)).toHaveLength(4);
  });

  it("takes its addresses from the network it is given", () => {
    const other = build({ cidr: "172.20.0.0/20" });
    expect(theOnly(other, Vpc).cidr_block).toBe("172.20.0.0/20");
    expect(all(other, Subnet).map(({ cidr_block: block }) => block)).toContain(
      '${cidrsubnet("172.20.0.0/20", 3, 3)}',
    );
  });

  it.each(["public", "private"])("spreads its %s subnets over two zones", (kind) => {
    const zones = [0, 1].map(
      (index) => stack.resource?.aws_subnet?.[`network_${kind}-subnet-${index}`]?.availability_zone_id,
    );
    expect(zones).toEqual([
      "${element(data.aws_availability_zones.network_zones.zone_ids, 0)}",
      "${element(data.aws_availability_zones.network_zones.zone_ids, 1)}",
    ]);
  });

  it("keeps out of Local and Wavelength Zones, which have no load balancers", () => {
    expect(theOnly(stack, DataAwsAvailabilityZones)).toMatchObject({
      state: "available",
      filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    });
  });

  it("takes no zone without Fargate, and leaves a subnet in the zone where it was made", () => {
    expect(theOnly(stack, DataAwsAvailabilityZones).exclude_zone_ids).toEqual(["apne1-az3", "usw1-az2"]);
    for (const subnet of all(stack, Subnet))
      expect(subnet.lifecycle).toEqual({ ignore_changes: ["availability_zone", "availability_zone_id"] });
  });

  it("resolves the names of endpoints and of itself", () => {
    expect(theOnly(stack, Vpc)).toMatchObject({ enable_dns_hostnames: true, enable_dns_support: true });
  });

  it("does not mistake public subnets for private ones", () => {
    expect(stack.output?.subnets?.value).toEqual({
      publicSubnetIds: [0, 1].map((zone) => `\${aws_subnet.network_public-subnet-${zone}.id}`),
      privateSubnetIds: [0, 1].map((zone) => `\${aws_subnet.network_private-subnet-${zone}.id}`),
    });
  });

  it("routes every subnet by one table, and a private one never by the public table", () => {
    expect(all(stack, RouteTableAssociation)).toEqual(
      expect.arrayContaining(
        [
          ["public-subnet-0", "public-routes"],
          ["public-subnet-1", "public-routes"],
          ["private-subnet-0", "private-routes-0"],
          ["private-subnet-1", "private-routes-1"],
        ].map(([subnet, table]) => ({
          subnet_id: `\${aws_subnet.network_${subnet}.id}`,
          route_table_id: `\${aws_route_table.network_${table}.id}`,
        })),
      ),
    );
    expect(all(stack, RouteTableAssociation)).toHaveLength(4);
  });

  it("leads public subnets to the internet", () => {
    expect(routes(stack, "public-routes")).toEqual([
      { cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.network_internet-gateway.id}" },
    ]);
  });

  it.each(["none", "single", "per-zone"] as const)(
    "gives private subnets no way in from the internet (NAT %s)",
    (nat) => {
      const network = build({ nat });
      const ways = [0, 1].flatMap((zone) => routes(network, `private-routes-${zone}`)).flatMap(Object.keys);
      expect(ways).not.toContain("gateway_id");
    },
  );

  it("gives no instance a public address by itself", () => {
    expect(all(stack, Subnet).filter((subnet) => subnet.map_public_ip_on_launch)).toEqual([]);
  });

  it("leaves the default security group without rules", () => {
    expect(theOnly(stack, DefaultSecurityGroup)).toEqual({
      vpc_id: "${aws_vpc.network_vpc.id}",
      ingress: [],
      egress: [],
    });
  });

  it("reaches S3 from every subnet without NAT, free of charge", () => {
    expect(theOnly(stack, VpcEndpoint)).toMatchObject({
      service_name: "com.amazonaws.ap-northeast-2.s3",
      vpc_endpoint_type: "Gateway",
      route_table_ids: ["public-routes", "private-routes-0", "private-routes-1"].map(
        (table) => `\${aws_route_table.network_${table}.id}`,
      ),
    });
    expect(theOnly(build({ region: "eu-west-1" }), VpcEndpoint).service_name).toBe(
      "com.amazonaws.eu-west-1.s3",
    );
  });

  describe("with a NAT gateway a zone", () => {
    it("stands one in each public subnet, on an address of its own", () => {
      expect(all(stack, NatGateway)).toEqual(
        [0, 1].map((zone) => ({
          subnet_id: `\${aws_subnet.network_public-subnet-${zone}.id}`,
          allocation_id: `\${aws_eip.network_nat-address-${zone}.id}`,
          depends_on: ["aws_internet_gateway.network_internet-gateway"],
        })),
      );
      expect(all(stack, Eip)).toEqual([{ domain: "vpc" }, { domain: "vpc" }]);
    });

    it("keeps the traffic of a zone within it", () => {
      expect([0, 1].map((zone) => routes(stack, `private-routes-${zone}`))).toEqual(
        [0, 1].map((zone) => [
          { cidr_block: "0.0.0.0/0", nat_gateway_id: `\${aws_nat_gateway.network_nat-gateway-${zone}.id}` },
        ]),
      );
    });
  });

  describe("with a single NAT gateway", () => {
    const single = build({ nat: "single" });

    it("pays for one", () => {
      expect(theOnly(readable(single), NatGateway).subnet_id).toBe(
        "${aws_subnet.network_public-subnet-0.id}",
      );
      expect(all(single, Eip)).toHaveLength(1);
    });

    it("leads both private subnets through it", () => {
      const throughTheOne = [
        { cidr_block: "0.0.0.0/0", nat_gateway_id: "${aws_nat_gateway.network_nat-gateway-0.id}" },
      ];
      expect(routes(single, "private-routes-0")).toEqual(throughTheOne);
      expect(routes(single, "private-routes-1")).toEqual(throughTheOne);
    });
  });

  describe("without NAT", () => {
    const none = build({ nat: "none" });

    it("pays for no gateway and no address", () => {
      expect([...all(none, NatGateway), ...all(none, Eip)]).toEqual([]);
    });

    it("leads private subnets nowhere but within the network", () => {
      expect(all(none, RouteTable)).toHaveLength(3);
      expect(routes(none, "private-routes-0")).toEqual([]);
      expect(routes(none, "private-routes-1")).toEqual([]);
    });
  });
});
