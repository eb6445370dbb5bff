import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

export interface TaskSecurityGroupProps {
  readonly name: string;
  readonly vpcId: string;
  readonly port: number;
  readonly loadBalancerSecurityGroupId: string;
}

/** Allows traffic from the load balancer to the tasks on one port, and all outbound traffic. */
export class TaskSecurityGroup extends Construct {
  public readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: TaskSecurityGroupProps) {
    super(scope, id);

    const group = new SecurityGroup(this, "security-group", {
      name: props.name,
      description: "Tasks of one service",
      vpcId: props.vpcId,
    });
    const onePort = { ipProtocol: "tcp", fromPort: props.port, toPort: props.port };
    new VpcSecurityGroupIngressRule(this, "from-load-balancer", {
      ...onePort,
      securityGroupId: group.id,
      referencedSecurityGroupId: props.loadBalancerSecurityGroupId,
    });
    new VpcSecurityGroupEgressRule(this, "to-tasks", {
      ...onePort,
      securityGroupId: props.loadBalancerSecurityGroupId,
      referencedSecurityGroupId: group.id,
    });
    new VpcSecurityGroupEgressRule(this, "outbound", {
      ipProtocol: "-1",
      securityGroupId: group.id,
      cidrIpv4: "0.0.0.0/0",
    });

    this.securityGroupId = group.id;
  }
}
