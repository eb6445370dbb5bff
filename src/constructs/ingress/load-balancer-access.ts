import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Construct } from "constructs";

/** CIDRs or ids of prefix lists, by a key that is part of the resource's address. */
export type Sources = Readonly<Record<string, string>>;

const ANYWHERE = "0.0.0.0/0";

/** Sources named after themselves: adding or removing one does not change the others' rules. */
export const named = (sources: readonly string[]): Sources =>
  Object.fromEntries(sources.map((source) => [source.replace("/", "-"), source]));

/** Lets sources reach a port of a load balancer. The rule for everybody has the name alone. */
export function allow(
  scope: Construct,
  securityGroupId: string,
  name: string,
  port: number,
  sources: Sources,
) {
  for (const [key, source] of Object.entries(sources))
    new VpcSecurityGroupIngressRule(scope, `ingress-${source === ANYWHERE ? name : `${name}-${key}`}`, {
      securityGroupId,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      ...(source.startsWith("pl-") ? { prefixListId: source } : { cidrIpv4: source }),
    });
}
