import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { assumedRoleArn } from "../../../src/system/arns";
import { REGION, type EmbeddedAws } from "../embedded-aws";

/** A load balancer with a listener for production and one for tests, whose default action answers 404. */
export interface Listeners {
  readonly production: string;
  readonly test: string;
  readonly vpc: string;
  readonly subnets: string[];
}

/** The default subnets of an account: there is no SDK client for them among our packages. */
async function subnetsOf(aws: EmbeddedAws, account: string): Promise<string[]> {
  const { clients, endpoint } = aws.embedded;
  const role = { roleArn: assumedRoleArn(account, "test"), sessionName: "test" };
  const { accessKeyId } = await clients.credentialsOf(role, REGION)();
  const scope = `Credential=${accessKeyId}/20260101/${REGION}/ec2/aws4_request`;
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      Authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: "Action=DescribeSubnets&Version=2016-11-15",
  });
  return [...(await answer.text()).matchAll(/<subnetId>(.*?)</g)].flatMap(([, id]) => id ?? []);
}

export async function createListeners(aws: EmbeddedAws, account: string, Name = "main"): Promise<Listeners> {
  const elb = aws.client(ElasticLoadBalancingV2Client, account);
  const subnets = await subnetsOf(aws, account);
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name, Subnets: subnets }));
  const listener = async (Port: number) => {
    const { Listeners } = await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
        Protocol: "HTTP",
        Port,
        DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
      }),
    );
    return Listeners?.[0]?.ListenerArn ?? "";
  };
  const vpc = LoadBalancers?.[0]?.VpcId ?? "";
  return { production: await listener(80), test: await listener(8080), vpc, subnets };
}

let priority = 0;

/** Two target groups, and a rule of each listener that forwards to the first. */
export async function createRoute(aws: EmbeddedAws, account: string, listeners: Listeners, name: string) {
  const elb = aws.client(ElasticLoadBalancingV2Client, account);
  const group = async (Name: string) => {
    const command = new CreateTargetGroupCommand({
      ...{ Name, Protocol: "HTTP", Port: 80, VpcId: listeners.vpc, TargetType: "ip" },
    });
    return (await elb.send(command)).TargetGroups?.[0]?.TargetGroupArn ?? "";
  };
  const groups: [string, string] = [await group(`${name}-a`), await group(`${name}-b`)];
  const Priority = ++priority;
  for (const ListenerArn of [listeners.production, listeners.test])
    await elb.send(
      new CreateRuleCommand({
        ListenerArn,
        Priority,
        Conditions: [{ Field: "path-pattern", Values: [`/${name}/*`] }],
        Actions: [{ Type: "forward", TargetGroupArn: groups[0] }],
      }),
    );
  return groups;
}

export async function rulesOf(aws: EmbeddedAws, account: string, ListenerArn: string): Promise<Rule[]> {
  const elb = aws.client(ElasticLoadBalancingV2Client, account);
  return (await elb.send(new DescribeRulesCommand({ ListenerArn }))).Rules ?? [];
}
