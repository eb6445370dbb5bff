import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";

export interface AliasRecordsProps {
  /** Ids of hosted zones, by the host whose record is there. */
  readonly zoneIds: Readonly<Record<string, string>>;
  readonly loadBalancer: { readonly dnsName: string; readonly zoneId: string };
}

/** Records that lead hosts to a load balancer. */
export class AliasRecords extends Construct {
  constructor(scope: Construct, id: string, { loadBalancer, zoneIds }: AliasRecordsProps) {
    super(scope, id);
    for (const [host, zoneId] of Object.entries(zoneIds))
      new Route53Record(this, host, {
        zoneId,
        name: host,
        type: "A",
        alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true },
      });
  }
}
