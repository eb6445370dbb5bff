import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  type Action,
  type CreateListenerCommandInput,
  type CreateTargetGroupCommandInput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { REGION, type EmbeddedAws } from "./embedded-aws";

/** moto's own account: its default VPC has a subnet in each zone. */
export const ACCOUNT = "123456789012";

/** Two subnets of the default VPC. The SDK's client of EC2 is not installed. */
async function defaultSubnets(endpoint: string): Promise<string[]> {
  const answer = await fetch(endpoint, {
    method: "POST",
    body: "Action=DescribeSubnets&Version=2016-11-15",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/ec2/aws4_request`,
      "content-type": "application/x-www-form-urlencoded",
      host: `ec2.${REGION}.amazonaws.com`,
    },
  });
  const found = [...(await answer.text()).matchAll(/<subnetId>(.*?)<\/subnetId>/g)];
  return found.map(([, id = ""]) => id).slice(0, 2);
}

/** A certificate of ACM. The SDK's client of ACM is not installed. */
export async function certificate(endpoint: string, DomainName: string): Promise<string> {
  const answer = await fetch(endpoint, {
    method: "POST",
    body: JSON.stringify({ DomainName }),
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/acm/aws4_request`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "CertificateManager.RequestCertificate",
    },
  });
  return ((await answer.json()) as { CertificateArn: string }).CertificateArn;
}

/** Load balancers of a test, with servers of the test as targets. */
export class LoadBalanced {
  private readonly servers: Server[] = [];
  private vpc = "";
  /** The ports of this machine by the addresses of targets. */
  public readonly ports = new Map<string, number>();

  constructor(private readonly aws: EmbeddedAws) {}

  public get client(): ElasticLoadBalancingV2Client {
    return this.aws.client(ElasticLoadBalancingV2Client, ACCOUNT);
  }

  public reachable = (ip: string) => {
    const port = this.ports.get(ip);
    return port === undefined ? undefined : { host: "127.0.0.1", port };
  };

  public async loadBalancer(name: string): Promise<string> {
    const subnets = await defaultSubnets(this.aws.embedded.endpoint);
    const answer = await this.client.send(new CreateLoadBalancerCommand({ Name: name, Subnets: subnets }));
    const [made] = answer.LoadBalancers ?? [];
    this.vpc = made?.VpcId ?? "";
    return made?.LoadBalancerArn ?? "";
  }

  /** A target group in the network of the load balancer. */
  public async group(name: string, settings: Partial<CreateTargetGroupCommandInput> = {}): Promise<string> {
    const answer = await this.client.send(
      new CreateTargetGroupCommand({
        Name: name,
        Protocol: "HTTP",
        Port: 8080,
        VpcId: this.vpc,
        TargetType: "ip",
        HealthCheckIntervalSeconds: 15,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        ...settings,
      }),
    );
    return answer.TargetGroups?.[0]?.TargetGroupArn ?? "";
  }

  public async listener(
    loadBalancer: string,
    port: number,
    action: Action,
    settings: Partial<CreateListenerCommandInput> = {},
  ): Promise<string> {
    const answer = await this.client.send(
      new CreateListenerCommand({
        LoadBalancerArn: loadBalancer,
        Port: port,
        Protocol: "HTTP",
        DefaultActions: [action],
        ...settings,
      }),
    );
    return answer.Listeners?.[0]?.ListenerArn ?? "";
  }

  /** Starts a server, and registers it as a target. */
  public async target(group: string, ip: string, answer: RequestListener): Promise<Server> {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.servers.push(server);
    this.ports.set(ip, (server.address() as AddressInfo).port);
    await this.client.send(new RegisterTargetsCommand({ TargetGroupArn: group, Targets: [{ Id: ip }] }));
    return server;
  }

  public end(): void {
    for (const server of this.servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}

/** An action that forwards by weight. */
export const weighted = (weights: Readonly<Record<string, number>>): Action => ({
  Type: "forward",
  ForwardConfig: {
    TargetGroups: Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })),
  },
});
