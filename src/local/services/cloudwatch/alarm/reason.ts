import type { Series } from "../expression/value";
import { datapointsToAlarm, metricsOf, periodOf, type Alarm, type AlarmState } from "./alarm";

/** An evaluation of an alarm. */
export interface Evaluation {
  readonly alarm: Alarm;
  readonly state: AlarmState;
  /** Oldest first. */
  readonly values: Series;
  /** The begin of each period, in epoch milliseconds. */
  readonly at: readonly number[];
  readonly now: Date;
}

const COMPARED: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  GreaterThanThreshold: "greater than",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

/** A number as CloudWatch writes it: with a fraction. */
const told = (value: number) => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** `28/11/26 17:15:00`, in UTC. */
function dayAndTime(ms: number): string {
  const [date = "", time = ""] = new Date(ms).toISOString().split("T");
  const [year = "", month, day] = date.split("-");
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}

const plural = (count: number) => (count === 1 ? "datapoint" : "datapoints");

/** Why an alarm has its new state, in CloudWatch's words. */
export function stateReason({ alarm, state, values, at }: Evaluation): string {
  const { EvaluationPeriods, Threshold, ComparisonOperator, TreatMissingData } = alarm;
  const real = values.flatMap((value, index) => (value === undefined ? [] : [{ value, at: at[index] ?? 0 }]));
  if (state === "INSUFFICIENT_DATA")
    return `Insufficient Data: ${EvaluationPeriods} ${plural(EvaluationPeriods)} were unknown.`;
  if (real.length === 0) {
    const treated = TreatMissingData === "breaching" ? "Breaching" : "NonBreaching";
    const were = EvaluationPeriods === 1 ? "datapoint was" : "datapoints were";
    return `Threshold Crossed: no datapoints were received for ${EvaluationPeriods} ${
      EvaluationPeriods === 1 ? "period" : "periods"
    } and ${EvaluationPeriods} missing ${were} treated as [${treated}].`;
  }
  const count = datapointsToAlarm(alarm);
  const recent = real.slice(-EvaluationPeriods).reverse();
  const list = recent.map((one) => `${told(one.value)} (${dayAndTime(one.at)})`).join(", ");
  const crossed = state === "ALARM" ? "" : "not ";
  const verb = recent.length === 1 ? "was" : "were";
  const least = `minimum ${count} ${plural(count)} for ${state === "ALARM" ? "OK -> ALARM" : "ALARM -> OK"} transition`;
  return (
    `Threshold Crossed: ${recent.length} out of the last ${EvaluationPeriods} datapoints [${list}] ${verb} ${crossed}` +
    `${COMPARED[ComparisonOperator] ?? ComparisonOperator} the threshold (${told(Threshold)}) (${least}).`
  );
}

/** The same for a program. */
export function stateReasonData({ alarm, values, at, now }: Evaluation): string {
  const evaluated = values.slice(-alarm.EvaluationPeriods);
  const times = at.slice(-alarm.EvaluationPeriods);
  const [single] = alarm.Metrics.length === 0 ? metricsOf(alarm).values() : [];
  return JSON.stringify({
    version: "1.0",
    queryDate: now.toISOString(),
    startDate: new Date(times[0] ?? now.getTime()).toISOString(),
    ...(single && { statistic: single.Stat }),
    period: periodOf(alarm),
    recentDatapoints: evaluated.filter((value) => value !== undefined),
    threshold: alarm.Threshold,
    evaluatedDatapoints: evaluated
      .map((value, index) => ({ timestamp: new Date(times[index] ?? 0).toISOString(), value }))
      .filter(({ value }) => value !== undefined)
      .reverse(),
  });
}
