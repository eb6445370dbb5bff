import { setTimeout as wait } from "node:timers/promises";
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { reachable, refreshAddresses } from "../../src/local/engine/addresses";
import { snapshots } from "../../src/local/watch/snapshot";
import { loadInProcess } from "./load-process";
import { loadText } from "./load";
import type { Soaked } from "./system";

const PER_SECOND = 200;
const SECONDS = 20;

/** The URL of one task that serves, without the load balancer. */
async function directUrl({ embedded, delivery, url }: Soaked): Promise<string> {
  const { account, region } = delivery;
  const elb = embedded.clients.asService(ElasticLoadBalancingV2Client, { accountId: account.id, region });
  const { groups } = await (await snapshots(embedded, delivery))();
  const group = groups.find(({ weight }) => weight === 100);
  const { TargetHealthDescriptions = [] } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: group?.arn }),
  );
  const { Id = "", Port = 0 } =
    TargetHealthDescriptions.find(({ TargetHealth }) => TargetHealth?.State === "healthy")?.Target ?? {};
  await refreshAddresses();
  const address = reachable(Id, Port);
  if (!address) throw new Error(`no healthy task serves behind ${group?.name ?? "any target group"}`);
  return new URL(new URL(url).pathname, `http://${address.host}:${address.port}`).href;
}

/** Compares answers through the load balancer with those of a task itself, in turn. */
export async function proxyPart(soaked: Soaked): Promise<void> {
  const urls = { direct: await directUrl(soaked), "load balancer": soaked.url };
  for (const [name, url] of [...Object.entries(urls), ...Object.entries(urls)]) {
    const end = loadInProcess({ url, perSecond: PER_SECOND });
    await wait(SECONDS * 1000);
    soaked.say(`${name}: ${loadText(await end())}`);
  }
}
