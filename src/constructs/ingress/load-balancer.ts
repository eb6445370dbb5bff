import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener, type LbListenerConfig } from "@cdktf/provider-aws/lib/lb-listener";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface LoadBalancerProps {
  readonly loadBalancerName: string;
  readonly securityGroupName: string;
  readonly vpcId: string;
  /** At least two, in two Availability Zones. */
  readonly subnetIds: readonly string[];
  readonly deletionProtection: boolean;
  /** From 1 to 4000. */
  readonly idleTimeoutSeconds: number;
  /** @default - HTTP only */
  readonly certificateArn?: string;
  readonly testPort: number;
  /** CIDRs that may reach the test listener, by a key that is part of the resource's address. */
  readonly testTrafficFrom: Readonly<Record<string, string>>;
  /** @default - no access logs */
  readonly accessLogs?: { readonly bucketName: string; readonly ready: ITerraformDependable[] };
  /**
   * Target groups of the service at `/`.
   *
   * @default - requests that match no rule get a 404
   */
  readonly defaultTargetGroups?: { readonly blue: DefaultTarget; readonly green: DefaultTarget };
}

/** A target group of the service at `/`. */
type DefaultTarget = { readonly arn: string };

const HTTP_PORT = 80;
const HTTPS_PORT = 443;
const ANYWHERE = "0.0.0.0/0";
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

type ListenerProps = Pick<LbListenerConfig, "port" | "protocol" | "sslPolicy" | "certificateArn">;

/** An internet-facing ALB with a production listener and a test listener, which reaches green first. */
export class LoadBalancer extends Construct {
  public readonly loadBalancerName: string;
  public readonly dnsName: string;
  public readonly arnSuffix: string;
  public readonly securityGroupId: string;
  public readonly productionListener: LbListener;
  public readonly testListener: LbListener;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { accessLogs, certificateArn, defaultTargetGroups: defaults } = props;

    const securityGroup = new SecurityGroup(this, "security-group", {
      name: props.securityGroupName,
      description: "The load balancer of one environment",
      vpcId: props.vpcId,
    });
    const loadBalancer = new Lb(this, "load-balancer", {
      name: props.loadBalancerName,
      loadBalancerType: "application",
      internal: false,
      subnets: [...props.subnetIds],
      securityGroups: [securityGroup.id],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: props.deletionProtection,
      idleTimeout: props.idleTimeoutSeconds,
      accessLogs: accessLogs && { bucket: accessLogs.bucketName, enabled: true },
      dependsOn: accessLogs?.ready,
    });
    this.loadBalancerName = loadBalancer.name;
    this.arnSuffix = loadBalancer.arnSuffix;
    this.dnsName = loadBalancer.dnsName;
    this.securityGroupId = securityGroup.id;

    const secured = (port: number): ListenerProps =>
      certificateArn === undefined
        ? { port, protocol: "HTTP" }
        : { port, protocol: "HTTPS", sslPolicy: TLS_POLICY, certificateArn };
    const productionPort = certificateArn === undefined ? HTTP_PORT : HTTPS_PORT;
    this.productionListener = this.listener(
      "production",
      loadBalancer.arn,
      secured(productionPort),
      defaults?.blue.arn,
    );
    this.testListener = this.listener("test", loadBalancer.arn, secured(props.testPort), defaults?.green.arn);
    if (certificateArn !== undefined) this.redirectToHttps(loadBalancer.arn);

    this.allow("http", HTTP_PORT, ANYWHERE);
    if (certificateArn !== undefined) this.allow("https", HTTPS_PORT, ANYWHERE);
    for (const [name, cidr] of Object.entries(props.testTrafficFrom))
      this.allow(`test-${name}`, props.testPort, cidr);
  }

  private listener(
    id: string,
    loadBalancerArn: string,
    props: ListenerProps,
    targetGroupArn?: string,
  ): LbListener {
    return new LbListener(this, `${id}-listener`, {
      ...props,
      loadBalancerArn,
      defaultAction: [
        targetGroupArn === undefined
          ? { type: "fixed-response", fixedResponse: { statusCode: "404", contentType: "text/plain" } }
          : { type: "forward", targetGroupArn },
      ],
      // CodeDeploy changes the action: it forwards to the other target group, and keeps both with weights.
      lifecycle: { ignoreChanges: ["default_action"] },
    });
  }

  private redirectToHttps(loadBalancerArn: string) {
    new LbListener(this, "redirect-listener", {
      loadBalancerArn,
      port: HTTP_PORT,
      protocol: "HTTP",
      defaultAction: [
        {
          type: "redirect",
          redirect: { port: String(HTTPS_PORT), protocol: "HTTPS", statusCode: "HTTP_301" },
        },
      ],
      // A port has one listener: the production listener must leave port 80 before this one is created.
      dependsOn: [this.productionListener],
    });
  }

  private allow(id: string, port: number, cidrIpv4: string) {
    new VpcSecurityGroupIngressRule(this, `ingress-${id}`, {
      securityGroupId: this.securityGroupId,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4,
    });
  }
}
