import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import {
  TaskSecurityGroup,
  type TaskSecurityGroupProps,
} from "../../../src/constructs/service/task-security-group";
import { all, synth, theOnly } from "../../support/synth";

const props: TaskSecurityGroupProps = {
  name: "bys-dev-sg-awssdk-iam",
  vpcId: "vpc-0a1b2c3d4e5f60718",
  loadBalancerSecurityGroupId: "sg-0f1e2d3c4b5a69788",
};

const stack = synth((scope) => new TaskSecurityGroup(scope, "tasks", props));
const tasks = /^\$\{aws_security_group\.tasks_security-group_\w+\.id\}$/;
const ingress = theOnly(stack, VpcSecurityGroupIngressRule);

/** The egress rule of the load balancer, or of the tasks. */
const egressOf = (loadBalancer: boolean) =>
  all(stack, VpcSecurityGroupEgressRule).find(
    (rule) => (rule.security_group_id === props.loadBalancerSecurityGroupId) === loadBalancer,
  );

describe("TaskSecurityGroup", () => {
  it("stands in the VPC, under the name it is given", () => {
    expect(theOnly(stack, SecurityGroup)).toMatchObject({
      name: "bys-dev-sg-awssdk-iam",
      vpc_id: "vpc-0a1b2c3d4e5f60718",
    });
  });

  it("lets the load balancer in on every TCP port: running tasks keep the port that they started with", () => {
    expect(ingress).toMatchObject({
      ip_protocol: "tcp",
      from_port: 0,
      to_port: 65535,
      referenced_security_group_id: "sg-0f1e2d3c4b5a69788",
    });
    expect(ingress.security_group_id).toMatch(tasks);
  });

  it("lets in nobody else: there is no other rule, and no address in this one", () => {
    expect(all(stack, VpcSecurityGroupIngressRule)).toHaveLength(1);
    expect(Object.keys(ingress).filter((key) => key.startsWith("cidr") || key === "prefix_list_id")).toEqual(
      [],
    );
    expect(theOnly(stack, SecurityGroup)).not.toHaveProperty("ingress");
  });

  it("lets the load balancer out to the tasks, and to nothing else", () => {
    const out = egressOf(true);
    expect(out).toMatchObject({ ip_protocol: "tcp", from_port: 0, to_port: 65535 });
    expect(out?.referenced_security_group_id).toMatch(tasks);
    expect(out).not.toHaveProperty("cidr_ipv4");
  });

  it("lets tasks out to whatever they call", () => {
    const out = egressOf(false);
    expect(out).toMatchObject({ ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" });
    expect(out?.security_group_id).toMatch(tasks);
    expect(all(stack, VpcSecurityGroupEgressRule)).toHaveLength(2);
  });
});
