import { regionalArn } from "../../system/arns";
import type { Parties } from "../parties";
import type { Context, RequiredCall } from "../request";
import { callsBy } from "./call";

const FIND =
  "ec2:DescribeDhcpOptions DescribeNetworkInterfaces DescribeSubnets DescribeSecurityGroups DescribeVpcs";
export const ATTACH = "ec2:CreateNetworkInterfacePermission";

/** What EC2 knows of a network interface for CodeBuild. */
export const forCodeBuild = (subnet: string): Context => ({
  "ec2:AuthorizedService": "codebuild.amazonaws.com",
  "ec2:Subnet": subnet,
});

/** The network of a build; undefined outside a VPC. */
export function buildNetworkOf({ region, settings, shared }: Parties) {
  const arn = (resource: string) => regionalArn({ accountId: shared.id, region }, "ec2", resource);
  const { vpc } = shared;
  if (!settings.build.vpc || !vpc) return undefined;
  return {
    subnets: vpc.subnetIds.map((id) => arn(`subnet/${id}`)),
    groups: vpc.securityGroupIds.map((id) => arn(`security-group/${id}`)),
    networkInterface: arn("network-interface/eni-0123456789abcdef0"),
  };
}

/** A build in a VPC has a network interface there. */
export function networkCalls(parties: Parties): RequiredCall[] {
  const network = buildNetworkOf(parties);
  if (!network) return [];
  const { groups, networkInterface, subnets } = network;
  const build = callsBy(parties.arns.roles.build);
  return [
    build("find the network", FIND, "*"),
    ...[...subnets, ...groups, networkInterface].map((resource) =>
      build("create a network interface", "ec2:CreateNetworkInterface", resource),
    ),
    build("delete it", "ec2:DeleteNetworkInterface", networkInterface),
    ...subnets.map((subnet) => build("let CodeBuild use it", ATTACH, networkInterface, forCodeBuild(subnet))),
  ];
}
