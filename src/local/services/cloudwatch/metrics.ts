import type { MetricStat } from "./alarm/alarm";
import type { Datum } from "./alarm/statistics";

/** Which data are wanted. See `src/local/moto/releases/cloudwatch.py`. */
export interface MetricQuery {
  readonly account: string;
  readonly region: string;
  readonly metric: MetricStat;
  /** Epoch milliseconds. */
  readonly sinceMs: number;
}

/** The data of metrics, in the order of the queries, each ordered by time. */
export async function readMetrics(
  endpoint: string,
  queries: readonly MetricQuery[],
): Promise<readonly (readonly Datum[])[]> {
  const body = JSON.stringify({
    queries: queries.map(({ account, region, metric, sinceMs }) => ({
      account,
      region,
      namespace: metric.Namespace,
      metricName: metric.MetricName,
      dimensions: metric.Dimensions,
      ...(metric.Unit && { unit: metric.Unit }),
      since: sinceMs / 1000,
    })),
  });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${endpoint}/codeseries/metrics`, { method: "POST", body, headers });
  if (!answer.ok) throw new Error(`${answer.status} for metrics`);
  return ((await answer.json()) as { data: Datum[][] }).data;
}
