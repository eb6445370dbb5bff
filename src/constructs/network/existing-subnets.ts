import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { Fn, TerraformSelf, type IResolvable } from "cdktf";
import { Construct } from "constructs";

export interface ExistingSubnetsProps {
  /** Ids of the load balancer's subnets. */
  readonly loadBalancer: readonly string[];
  /** Ids of other subnets, in which its targets run. */
  readonly tasks: readonly string[];
}

/**
 * Reads the zones of existing subnets. The plan fails if tasks could run in a zone that the load balancer does
 * not have: their targets would stay unused, and a release would never become healthy.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export class ExistingSubnets extends Construct {
  constructor(scope: Construct, id: string, { loadBalancer, tasks }: ExistingSubnetsProps) {
    super(scope, id);
    const zones = loadBalancer.map(
      (subnet) => new DataAwsSubnet(this, subnet, { id: subnet }).availabilityZone,
    );
    for (const subnet of tasks)
      new DataAwsSubnet(this, subnet, {
        id: subnet,
        lifecycle: {
          postcondition: [
            {
              condition: Fn.contains(zones, TerraformSelf.getString("availability_zone")) as IResolvable,
              errorMessage: `network.privateSubnetIds: expected subnets in the zones of network.publicSubnetIds, where the load balancer is, got ${subnet} in another zone.`,
            },
          ],
        },
      });
  }
}
