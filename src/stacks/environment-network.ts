import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Construct } from "constructs";
import type { Environment } from "../config/schema";
import { FlowLogs } from "../constructs/network/flow-logs";
import { Network } from "../constructs/network/network";
import type { EnvironmentNames } from "../naming/names";

export interface EnvironmentNetworkProps {
  readonly environment: Environment;
  readonly names: EnvironmentNames;
  readonly accountId: string;
  readonly region: string;
}

/** The network of an environment, made here or taken as it is. */
export class EnvironmentNetwork extends Construct {
  public readonly vpcId: string;
  /** From where its own things reach a public address, each by a name that lasts. */
  public readonly origins: Readonly<Record<string, string>>;
  /** Where the load balancer stands. */
  public readonly publicSubnetIds: readonly string[];
  /** Where tasks run: in private subnets, unless these have no way out. */
  public readonly taskSubnetIds: readonly string[];
  public readonly publicTasks: boolean;

  constructor(
    scope: Construct,
    id: string,
    { environment, names, accountId, region }: EnvironmentNetworkProps,
  ) {
    super(scope, id);
    const { network } = environment;

    if ("vpcId" in network) {
      this.vpcId = network.vpcId;
      this.origins = { network: new DataAwsVpc(this, "existing", { id: network.vpcId }).cidrBlock };
      this.publicSubnetIds = network.publicSubnetIds;
      this.taskSubnetIds = network.privateSubnetIds;
      this.publicTasks = false;
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
    this.publicTasks = network.nat === "none";
    this.taskSubnetIds = this.publicTasks ? publicSubnetIds : privateSubnetIds;
    if (network.flowLogs)
      new FlowLogs(this, "flow-logs", {
        vpcId,
        accountId,
        region,
        logGroupName: names.flowLogGroup,
        roleName: names.flowLogRole,
        retentionDays: environment.logRetentionDays,
      });
  }
}
