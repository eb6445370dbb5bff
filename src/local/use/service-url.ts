import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  LoadBalancerNotFoundException,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { Failure } from "../../errors";
import { productionPortOf } from "../../system/parts";
import type { Delivery } from "../../system/system";
import { HOST } from "../emulator/port";
import { listenerPort } from "../reconcile/ports";
import type { Embedded } from "../reconcile/embedded";

/** Where a service answers on this machine. */
export interface ServiceUrl {
  readonly url: string;
  /** The host that a request must name, where the service has hosts. */
  readonly host?: string;
}

export const listenerPorts = ({ environment }: Delivery) => ({
  production: productionPortOf(environment),
  test: environment.ingress.testPort,
});

/** The listener of a delivery's load balancer. */
export async function listenerOf({ clients }: Embedded, delivery: Delivery, port: number): Promise<string> {
  const { account, environment, region } = delivery;
  const elb = clients.asService(ElasticLoadBalancingV2Client, { accountId: account.id, region });
  const name = environment.names.loadBalancer;
  const missing = new Failure(
    `${name} is not deployed in the embedded AWS`,
    "to deploy it: npx codeseries local",
  );
  const { LoadBalancers = [] } = await elb
    .send(new DescribeLoadBalancersCommand({ Names: [name] }))
    .catch((error: unknown) => {
      throw error instanceof LoadBalancerNotFoundException ? missing : error;
    });
  const { Listeners = [] } = await elb.send(
    new DescribeListenersCommand({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn }),
  );
  const listener = Listeners.find((one) => one.Port === port)?.ListenerArn;
  if (listener === undefined) throw missing;
  return listener;
}

/** The URL of a service behind one of its listeners. @param listener @default "production" */
export async function serviceUrl(
  embedded: Embedded,
  delivery: Delivery,
  listener: "production" | "test" = "production",
): Promise<ServiceUrl> {
  const { ingress } = delivery.environment;
  const arn = await listenerOf(embedded, delivery, listenerPorts(delivery)[listener]);
  const port = listenerPort(arn);
  if (port === undefined) throw new Failure(`the load balancer does not listen for ${arn} yet; try again`);
  const scheme = ingress.certificateArn === undefined ? "http" : "https";
  const { hosts, path } = delivery.settings;
  return { url: `${scheme}://${HOST}:${port}${path}`, host: hosts[0]?.replace(/^\*/, "any") };
}
