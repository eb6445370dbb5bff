import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

export interface TaskSecurityGroupProps {
  readonly name: string;
  readonly vpcId: string;
  readonly loadBalancerSecurityGroupId: string;
}

/**
 * Allows traffic from the load balancer to the tasks, and all outbound traffic. Every TCP port is allowed:
 * after a change of the port, tasks of the earlier release still listen on theirs. The load balancer
 * connects only to the ports of registered tasks and of their health checks.
 */
export class TaskSecurityGroup extends Construct {
  public readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: TaskSecurityGroupProps) {
    super(scope, id);

    const group = new SecurityGroup(this, "security-group", {
      name: props.name,
      description: "Tasks of one service",
      vpcId: props.vpcId,
    });
    const anyPort = { ipProtocol: "tcp", fromPort: 0, toPort: 65535 };
    new VpcSecurityGroupIngressRule(this, "from-load-balancer", {
      ...anyPort,
      securityGroupId: group.id,
      referencedSecurityGroupId: props.loadBalancerSecurityGroupId,
    });
    new VpcSecurityGroupEgressRule(this, "to-tasks", {
      ...anyPort,
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
