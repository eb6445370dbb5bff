import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Construct } from "constructs";
import { ExistingSubnets } from "../../constructs/network/existing-subnets";
import { FlowLogs } from "../../constructs/network/flow-logs";
import { Network } from "../../constructs/network/network";
import type { Environment } from "../../system/system";

export interface EnvironmentNetworkProps {
  readonly environment: Environment;
  readonly region: string;
}

/** The network of an environment: a new one, or an existing one. */
export class EnvironmentNetwork extends Construct {
  public readonly vpcId: string;
  /** Networks from which its own resources reach a public address, by names that stay the same. */
  public readonly origins: Readonly<Record<string, string>>;
  /** Subnets of an internet-facing load balancer, and of an internal one. */
  public readonly publicSubnetIds: readonly string[];
  public readonly privateSubnetIds: readonly string[];
  /** Subnets of the tasks: the private ones, unless these have no route to the internet. */
  public readonly taskSubnetIds: readonly string[];
  public readonly publicTasks: boolean;

  constructor(scope: Construct, id: string, { environment, region }: EnvironmentNetworkProps) {
    super(scope, id);
    const { account, ingress, names, network } = environment;

    if ("vpcId" in network) {
      this.vpcId = network.vpcId;
      this.origins = { network: new DataAwsVpc(this, "existing", { id: network.vpcId }).cidrBlock };
      this.publicSubnetIds = network.publicSubnetIds;
      this.privateSubnetIds = network.privateSubnetIds;
      this.taskSubnetIds = network.privateSubnetIds;
      this.publicTasks = false;
      if (!ingress.internal)
        new ExistingSubnets(this, "existing-subnets", {
          loadBalancer: network.publicSubnetIds,
          tasks: network.privateSubnetIds,
        });
      return;
    }
    const { natAddresses, privateSubnetIds, publicSubnetIds, vpcId } = new Network(this, "new", {
      region,
      cidr: network.cidr,
      nat: network.nat,
    });
    this.vpcId = vpcId;
    const nats = natAddresses.map((address, index) => [`nat-${index}`, `${address}/32`] as const);
    this.origins = { network: network.cidr, ...Object.fromEntries(nats) };
    this.publicSubnetIds = publicSubnetIds;
    this.privateSubnetIds = privateSubnetIds;
    this.publicTasks = network.nat === "none";
    this.taskSubnetIds = this.publicTasks ? publicSubnetIds : privateSubnetIds;
    if (network.flowLogs)
      new FlowLogs(this, "flow-logs", {
        vpcId,
        accountId: account.id,
        region,
        logGroupName: names.flowLogGroup,
        roleName: names.flowLogRole,
        retentionDays: environment.logRetentionDays,
      });
  }
}
