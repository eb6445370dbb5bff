import { condition, type Statement } from "../iam/policy-document";

/** An existing network of the build's account. */
export interface BuildNetwork {
  readonly vpcId: string;
  /** Private subnets with a route to the internet through a NAT: a build has no public address. */
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/**
 * A network interface of the build in these subnets, with these groups, for CodeBuild alone.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html#customer-managed-policies-example-create-vpc-network-interface
 */
export function useNetwork(network: BuildNetwork, region: string, accountId: string): Statement[] {
  const arn = (resource: string) => `arn:aws:ec2:${region}:${accountId}:${resource}`;
  const interfaces = arn("network-interface/*");
  const subnets = network.subnetIds.map((id) => arn(`subnet/${id}`));
  return [
    {
      sid: "FindNetwork",
      actions: [
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeVpcs",
      ],
      resources: ["*"],
    },
    {
      sid: "CreateNetworkInterface",
      actions: ["ec2:CreateNetworkInterface"],
      resources: [
        ...subnets,
        ...network.securityGroupIds.map((id) => arn(`security-group/${id}`)),
        interfaces,
      ],
    },
    { sid: "DeleteNetworkInterface", actions: ["ec2:DeleteNetworkInterface"], resources: [interfaces] },
    {
      sid: "LetCodeBuildUseIt",
      actions: ["ec2:CreateNetworkInterfacePermission"],
      resources: [interfaces],
      condition: [
        condition("StringEquals", "ec2:AuthorizedService", "codebuild.amazonaws.com"),
        condition("ArnEquals", "ec2:Subnet", ...subnets),
      ],
    },
  ];
}
