import type { Dimension, MetricDatum } from "@aws-sdk/client-cloudwatch";
import type { CountedBy, Counts } from "./counters";

/**
 * What CloudWatch gets of the counts of a period. Counts of zero are left out, as AWS does.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function requestData(by: CountedBy, counts: Counts, at: Date): MetricDatum[] {
  const ofTargets = counts.target.flatMap((count, kind) =>
    kind >= 2 ? [[`HTTPCode_Target_${kind}XX_Count`, count] as const] : [],
  );
  const own = by.targetGroup === undefined ? ownCounts(counts) : [];
  const pairs = [
    ["RequestCount", counts.requests] as const,
    ["TargetConnectionErrorCount", counts.connectionErrors] as const,
    ...ofTargets,
    ...own,
  ];
  const common = { Dimensions: dimensionsOf(by), Timestamp: at };
  const data: MetricDatum[] = pairs
    .filter(([, count]) => count > 0)
    .map(([MetricName, Value]) => ({ ...common, MetricName, Value, Unit: "Count" }));
  const { count, sum, minimum, maximum } = counts.responseTimes;
  if (count > 0)
    data.push({
      ...common,
      MetricName: "TargetResponseTime",
      Unit: "Seconds",
      StatisticValues: { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum },
    });
  return data;
}

/** What only the load balancer as a whole has. */
function ownCounts({ elb, redirects, fixedResponses }: Counts): (readonly [name: string, count: number])[] {
  const ofClass = (kind: number) =>
    [...elb].reduce((sum, [status, count]) => (Math.floor(status / 100) === kind ? sum + count : sum), 0);
  return [
    ["HTTP_Redirect_Count", redirects],
    ["HTTP_Fixed_Response_Count", fixedResponses],
    ["HTTPCode_ELB_3XX_Count", ofClass(3)],
    ["HTTPCode_ELB_4XX_Count", ofClass(4)],
    ["HTTPCode_ELB_5XX_Count", ofClass(5)],
    ...[500, 502, 503, 504].map((status) => [`HTTPCode_ELB_${status}_Count`, elb.get(status) ?? 0] as const),
  ];
}

/** How many targets of a group are healthy. AWS reports it where targets are registered. */
export function hostData(by: CountedBy, healthy: number, unhealthy: number, at: Date): MetricDatum[] {
  const common = { Dimensions: dimensionsOf(by), Timestamp: at, Unit: "Count" as const };
  return [
    { ...common, MetricName: "HealthyHostCount", Value: healthy },
    { ...common, MetricName: "UnHealthyHostCount", Value: unhealthy },
  ];
}

const dimensionsOf = ({ loadBalancer, targetGroup }: CountedBy): Dimension[] => [
  ...(targetGroup === undefined ? [] : [{ Name: "TargetGroup", Value: targetGroup }]),
  { Name: "LoadBalancer", Value: loadBalancer },
];
