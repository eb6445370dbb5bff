import { CloudWatchClient, PutMetricDataCommand, type MetricDatum } from "@aws-sdk/client-cloudwatch";
import type { Place } from "../../../../aws/embedded-clients";
import type { Embedded } from "../../../reconcile/embedded";
import { periodMs } from "../../cloudwatch/period";
import type { Group } from "../targets/target";
import type { CountedBy, Counts } from "./counters";
import { hostData, requestData } from "./metric-data";

const MINUTE_SECONDS = 60;

export const NAMESPACE = "AWS/ApplicationELB";

/** The load balancer counts in minutes, which are scaled. */
export const minuteMs = ({ time }: Embedded) => periodMs(time, MINUTE_SECONDS);

/** What was counted in one minute of one account and region. */
export interface Minute {
  readonly place: Place;
  readonly counted: readonly { readonly by: CountedBy; readonly counts: Counts }[];
  readonly groups: readonly Group[];
  /** When it began. */
  readonly at: Date;
}

/** Writes a minute to CloudWatch. A minute without requests and targets has no data. */
export async function publish({ clients }: Embedded, minute: Minute): Promise<void> {
  const data = dataOf(minute);
  if (data.length === 0) return;
  const client = clients.asService(CloudWatchClient, minute.place);
  await client.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: data }));
}

export const dataOf = ({ counted, groups, at }: Omit<Minute, "place">): MetricDatum[] => [
  ...counted.flatMap(({ by, counts }) => requestData(by, counts, at)),
  ...groups.flatMap((group) => hostsOf(group, at)),
];

function hostsOf({ settings, targets }: Group, at: Date): MetricDatum[] {
  const { loadBalancer, dimension } = settings;
  const states = [...targets.values()].map(({ health }) => health.state);
  const registered = states.filter((state) => state !== "draining" && state !== "unused");
  if (loadBalancer === undefined || registered.length === 0) return [];
  const count = (wanted: string) => registered.filter((state) => state === wanted).length;
  return hostData({ loadBalancer, targetGroup: dimension }, count("healthy"), count("unhealthy"), at);
}
