import type { Series } from "../expression/value";

/** What was put: when (epoch seconds), and count, sum, minimum and maximum of its values. */
export type Datum = readonly [at: number, count: number, sum: number, minimum: number, maximum: number];

/** The periods that are looked at. */
export interface Range {
  /** Epoch milliseconds. A multiple of the length. */
  readonly endMs: number;
  readonly lengthMs: number;
  readonly count: number;
}

/** One value of a statistic for each period, oldest first. */
export function seriesOf(data: readonly Datum[], stat: string, { endMs, lengthMs, count }: Range): Series {
  const begin = endMs - count * lengthMs;
  const periods = Array.from({ length: count }, (): Datum[] => []);
  // Half a millisecond: seconds with a fraction are not exact.
  for (const datum of data) periods[Math.floor((datum[0] * 1000 + 0.5 - begin) / lengthMs)]?.push(datum);
  return periods.map((one) => (one.length === 0 ? undefined : statistic(one, stat)));
}

const add = (data: readonly Datum[], index: 1 | 2) => data.reduce((total, datum) => total + datum[index], 0);

/**
 * A statistic of the data of one period. A percentile takes a set of values at their average, because their
 * single values are not known.
 *
 * @throws Error for a statistic that is not written.
 */
export function statistic(data: readonly Datum[], stat: string): number {
  switch (stat) {
    case "Sum":
      return add(data, 2);
    case "SampleCount":
      return add(data, 1);
    case "Average":
      return add(data, 2) / add(data, 1);
    case "Minimum":
      return Math.min(...data.map((datum) => datum[3]));
    case "Maximum":
      return Math.max(...data.map((datum) => datum[4]));
  }
  const percent = /^p(\d+(?:\.\d+)?)$/.exec(stat)?.[1];
  if (percent === undefined) throw new Error(`the embedded AWS does not have the statistic ${stat}`);
  return percentileOf(data, Number(percent) / 100);
}

function percentileOf(data: readonly Datum[], share: number): number {
  const sorted = data
    .map(([, count, sum]) => [sum / count, count] as const)
    .sort(([one], [other]) => one - other);
  const wanted = share * add(data, 1);
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= wanted) return value;
  }
  return sorted.at(-1)?.[0] ?? NaN;
}
