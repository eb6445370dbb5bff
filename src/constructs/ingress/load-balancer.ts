import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener, type LbListenerConfig } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { allow, type Sources } from "./load-balancer-access";

export interface LoadBalancerProps {
  readonly loadBalancerName: string;
  readonly securityGroupName: string;
  readonly vpcId: string;
  /** At least two, in two Availability Zones. */
  readonly subnetIds: readonly string[];
  /** In private subnets, with private addresses. A change replaces the load balancer. */
  readonly internal: boolean;
  readonly deletionProtection: boolean;
  /** From 1 to 4000. */
  readonly idleTimeoutSeconds: number;
  readonly dropInvalidHeaders: boolean;
  /** @default - HTTP only */
  readonly certificateArn?: string;
  /** For hosts that `certificateArn` does not name. */
  readonly additionalCertificateArns: readonly string[];
  /** Protocols and ciphers of HTTPS. */
  readonly tlsPolicy: string;
  /** Who may reach the production listener. */
  readonly allowFrom: Sources;
  readonly testPort: number;
  /** Who may reach the test listener. */
  readonly testTrafficFrom: Sources;
  /** @default - no access logs */
  readonly accessLogs?: { readonly bucketName: string; readonly ready: ITerraformDependable[] };
  /**
   * Target groups of the service at `/`.
   *
   * @default - requests that match no rule get a 404
   */
  readonly defaultTargetGroups?: Readonly<Record<"blue" | "green", { readonly arn: string }>>;
}

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

type ListenerProps = Pick<LbListenerConfig, "port" | "protocol" | "sslPolicy" | "certificateArn">;

/** An ALB with a production listener and a test listener, which reaches green first. */
export class LoadBalancer extends Construct {
  public readonly loadBalancerName: string;
  public readonly dnsName: string;
  /** The hosted zone of its DNS name. */
  public readonly zoneId: string;
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
      internal: props.internal,
      subnets: [...props.subnetIds],
      securityGroups: [securityGroup.id],
      dropInvalidHeaderFields: props.dropInvalidHeaders,
      enableDeletionProtection: props.deletionProtection,
      idleTimeout: props.idleTimeoutSeconds,
      accessLogs: accessLogs && { bucket: accessLogs.bucketName, enabled: true },
      dependsOn: accessLogs?.ready,
    });
    this.loadBalancerName = loadBalancer.name;
    this.arnSuffix = loadBalancer.arnSuffix;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.securityGroupId = securityGroup.id;

    const secured = (port: number): ListenerProps =>
      certificateArn === undefined
        ? { port, protocol: "HTTP" }
        : { port, protocol: "HTTPS", sslPolicy: props.tlsPolicy, certificateArn };
    const productionPort = certificateArn === undefined ? HTTP_PORT : HTTPS_PORT;
    this.productionListener = this.listener(
      "production",
      loadBalancer.arn,
      secured(productionPort),
      defaults?.blue.arn,
    );
    this.testListener = this.listener("test", loadBalancer.arn, secured(props.testPort), defaults?.green.arn);
    if (certificateArn !== undefined) this.redirectToHttps(loadBalancer.arn);
    this.addCertificates(props.additionalCertificateArns);

    allow(this, securityGroup.id, "http", HTTP_PORT, props.allowFrom);
    if (certificateArn !== undefined) allow(this, securityGroup.id, "https", HTTPS_PORT, props.allowFrom);
    allow(this, securityGroup.id, "test", props.testPort, props.testTrafficFrom);
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

  private addCertificates(arns: readonly string[]) {
    const listeners = { production: this.productionListener, test: this.testListener };
    for (const [name, { arn: listenerArn }] of Object.entries(listeners))
      for (const certificateArn of arns)
        new LbListenerCertificate(this, `${name}-${certificateArn.split("/").at(-1) ?? ""}`, {
          listenerArn,
          certificateArn,
        });
  }
}
