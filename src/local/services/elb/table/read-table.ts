import {
  DescribeListenerCertificatesCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupAttributesCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeRules,
  paginateDescribeTargetGroups,
  type Listener as ApiListener,
  type TargetGroup as ApiTargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { EmbeddedClients, Place } from "../../../../aws/embedded-clients";
import { listenerOf, loadBalancerOf, targetGroupOf, usersOf, type Attributes } from "./from-api";
import type { Certificate, Listener, LoadBalancer, Table } from "./table";

/** Host names of the certificates of ACM, by ARN. */
export type CertificateNames = Readonly<Record<string, readonly string[]>>;

/** Reads load balancers, listeners, rules and target groups of one account and region. */
export async function readTable(
  clients: EmbeddedClients,
  place: Place,
  names: CertificateNames,
): Promise<Table> {
  const client = clients.asService(ElasticLoadBalancingV2Client, place);
  const [listeners, groups] = await Promise.all([readListeners(client, names), readGroups(client)]);
  const users = usersOf(listeners);
  const byArn = groups.map(([group, attributes]) => {
    const arn = group.TargetGroupArn ?? "";
    return [arn, targetGroupOf(group, attributes, users.get(arn))] as const;
  });
  return { place, listeners, groups: new Map(byArn) };
}

/** The items of all pages. */
async function all<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => Item[] | undefined) {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}

async function readListeners(
  client: ElasticLoadBalancingV2Client,
  names: CertificateNames,
): Promise<Listener[]> {
  const balancers = await all(paginateDescribeLoadBalancers({ client }, {}), (page) => page.LoadBalancers);
  const found = balancers
    .filter(({ Type }) => Type === "application")
    .map(async ({ LoadBalancerArn = "" }) => {
      const [{ Attributes }, listeners] = await Promise.all([
        client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
        all(paginateDescribeListeners({ client }, { LoadBalancerArn }), (page) => page.Listeners),
      ]);
      const loadBalancer = loadBalancerOf(LoadBalancerArn, attributesOf(Attributes));
      return Promise.all(listeners.map((listener) => readListener(client, listener, loadBalancer, names)));
    });
  return (await Promise.all(found)).flat();
}

async function readListener(
  client: ElasticLoadBalancingV2Client,
  listener: ApiListener,
  loadBalancer: LoadBalancer,
  names: CertificateNames,
): Promise<Listener> {
  const { ListenerArn } = listener;
  const [rules, certificates] = await Promise.all([
    all(paginateDescribeRules({ client }, { ListenerArn }), (page) => page.Rules),
    listener.Protocol === "HTTPS" ? readCertificates(client, listener, names) : [],
  ]);
  return listenerOf(listener, rules, certificates, loadBalancer);
}

async function readCertificates(
  client: ElasticLoadBalancingV2Client,
  { ListenerArn, Certificates }: ApiListener,
  names: CertificateNames,
): Promise<Certificate[]> {
  const added = await client.send(new DescribeListenerCertificatesCommand({ ListenerArn }));
  const arns = [...(Certificates ?? []), ...(added.Certificates ?? [])].map(
    ({ CertificateArn = "" }) => CertificateArn,
  );
  return [...new Set(arns)].map((arn) => ({ arn, names: names[arn] ?? [] }));
}

async function readGroups(client: ElasticLoadBalancingV2Client): Promise<[ApiTargetGroup, Attributes][]> {
  const groups = await all(paginateDescribeTargetGroups({ client }, {}), (page) => page.TargetGroups);
  return Promise.all(
    groups.map(async (group) => {
      const { TargetGroupArn } = group;
      const answer = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
      return [group, attributesOf(answer.Attributes)];
    }),
  );
}

const attributesOf = (
  list: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Attributes => new Map((list ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
