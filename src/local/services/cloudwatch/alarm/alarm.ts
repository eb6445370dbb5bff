/** A metric alarm as a document of the kind `cloudwatch-alarm`; see `src/local/moto/releases/cloudwatch.py`. */
export interface Alarm extends Partial<MetricStat> {
  readonly AlarmName: string;
  /** Parts of an expression, in place of a metric. */
  readonly Metrics: readonly MetricQuery[];
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  /** N of "M out of N". */
  readonly EvaluationPeriods: number;
  /** M; N if it is not set. */
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData?: string;
  readonly StateValue: AlarmState;
  /** Whether it has never been evaluated. */
  readonly Unchecked: boolean;
}

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface MetricStat {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly Period: number;
  /** `Sum`, `p99` and the like. */
  readonly Stat: string;
  readonly Unit?: string | null;
}

export interface MetricQuery {
  readonly Id: string;
  readonly Expression?: string | null;
  readonly Period?: number | null;
  readonly ReturnData: boolean;
  readonly MetricStat?: MetricStat | null;
}

/** The metrics that an alarm reads, by the ids that its expressions use; a single one is `metric`. */
export function metricsOf(alarm: Alarm): ReadonlyMap<string, MetricStat> {
  const { Namespace = "", MetricName = "", Dimensions = {}, Period = 60, Unit } = alarm;
  const single = { Namespace, MetricName, Dimensions, Period, Unit: Unit ?? null };
  if (alarm.Metrics.length === 0)
    return new Map([
      ["metric", { ...single, Stat: alarm.Statistic ?? alarm.ExtendedStatistic ?? "Average" }],
    ]);
  return new Map(
    alarm.Metrics.flatMap(({ Id, MetricStat }) => (MetricStat ? [[Id, MetricStat] as const] : [])),
  );
}

/** The period of an alarm in seconds: the longest of its parts. */
export const periodOf = (alarm: Alarm): number =>
  Math.max(
    ...[...metricsOf(alarm).values()].map(({ Period }) => Period),
    ...alarm.Metrics.map(({ Period }) => Period ?? 1),
    1,
  );

/** M of "M out of N". */
export const datapointsToAlarm = ({ DatapointsToAlarm, EvaluationPeriods }: Alarm) =>
  DatapointsToAlarm ?? EvaluationPeriods;
