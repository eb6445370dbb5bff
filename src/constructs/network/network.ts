import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Fn } from "cdktf";
import { Construct } from "constructs";

export interface NetworkProps {
  readonly region: string;
  /** An IPv4 network from /16 to /24. */
  readonly cidr: string;
  /** How private subnets reach the internet: not at all, through one NAT gateway, or one for each zone. */
  readonly nat: "none" | "single" | "per-zone";
}

const ZONES = [0, 1] as const;
/**
 * Zones in which Fargate does not run. A name such as us-west-1b is another zone in each account.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate-Regions.html
 */
const ZONES_WITHOUT_FARGATE = ["apne1-az3", "usw1-az2"];
/** Each subnet is an eighth of the network: two public, two private, four reserved. */
const SUBNET_BITS = 3;
const ANYWHERE = "0.0.0.0/0";

/** A VPC with a public and a private subnet in each of two Availability Zones. */
export class Network extends Construct {
  public readonly vpcId: string;
  public readonly publicSubnetIds: string[];
  public readonly privateSubnetIds: string[];
  /** Public IP addresses of the NAT gateways, from which the private subnets reach the internet. */
  public readonly natAddresses: string[];

  private readonly vpc: Vpc;
  private readonly zoneIds: string[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);

    this.vpc = new Vpc(this, "vpc", {
      cidrBlock: props.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    this.zoneIds = new DataAwsAvailabilityZones(this, "zones", {
      state: "available",
      // Local and Wavelength Zones have neither ALBs nor NAT gateways.
      filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
      excludeZoneIds: ZONES_WITHOUT_FARGATE,
    }).zoneIds;
    // Removes the rules that let members of the default security group reach each other.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: this.vpc.id, ingress: [], egress: [] });
    const gateway = new InternetGateway(this, "internet-gateway", { vpcId: this.vpc.id });

    const publicTable = new RouteTable(this, "public-routes", {
      vpcId: this.vpc.id,
      route: [{ cidrBlock: ANYWHERE, gatewayId: gateway.id }],
    });
    const publicSubnets = ZONES.map((zone) => this.subnet("public", zone, publicTable, props.cidr));

    const nats = props.nat === "none" ? [] : ZONES.slice(0, props.nat === "single" ? 1 : ZONES.length);
    const natGateways = nats.map((zone) => this.natGateway(zone, publicSubnets[zone], gateway));
    const privateTables = ZONES.map((zone) => this.privateTable(zone, natGateways[zone] ?? natGateways[0]));
    const privateSubnets = ZONES.map((zone) => this.subnet("private", zone, privateTables[zone], props.cidr));

    // Image layers come from S3; through the gateway endpoint they cost no NAT traffic.
    new VpcEndpoint(this, "s3", {
      vpcId: this.vpc.id,
      serviceName: `com.amazonaws.${props.region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: [publicTable, ...privateTables].map((table) => table.id),
    });

    this.vpcId = this.vpc.id;
    this.publicSubnetIds = publicSubnets.map((subnet) => subnet.id);
    this.privateSubnetIds = privateSubnets.map((subnet) => subnet.id);
    this.natAddresses = natGateways.map(({ publicIp }) => publicIp);
  }

  private subnet(
    kind: "public" | "private",
    zone: number,
    table: RouteTable | undefined,
    cidr: string,
  ): Subnet {
    const index = kind === "public" ? zone : ZONES.length + zone;
    const subnet = new Subnet(this, `${kind}-subnet-${zone}`, {
      vpcId: this.vpc.id,
      availabilityZoneId: Fn.element(this.zoneIds, zone) as string,
      cidrBlock: Fn.cidrsubnet(cidr, SUBNET_BITS, index),
      // A new zone of the region, or one that is closed, must not move a subnet that has tasks.
      lifecycle: { ignoreChanges: ["availability_zone", "availability_zone_id"] },
    });
    if (table)
      new RouteTableAssociation(this, `${kind}-subnet-${zone}-routes`, {
        subnetId: subnet.id,
        routeTableId: table.id,
      });
    return subnet;
  }

  private natGateway(zone: number, subnet: Subnet | undefined, gateway: InternetGateway): NatGateway {
    const address = new Eip(this, `nat-address-${zone}`, { domain: "vpc" });
    return new NatGateway(this, `nat-gateway-${zone}`, {
      subnetId: subnet?.id ?? "",
      allocationId: address.id,
      dependsOn: [gateway],
    });
  }

  private privateTable(zone: number, nat: NatGateway | undefined): RouteTable {
    return new RouteTable(this, `private-routes-${zone}`, {
      vpcId: this.vpc.id,
      route: nat === undefined ? [] : [{ cidrBlock: ANYWHERE, natGatewayId: nat.id }],
    });
  }
}
