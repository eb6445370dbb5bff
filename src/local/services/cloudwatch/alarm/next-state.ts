import type { Series } from "../expression/value";
import { datapointsToAlarm, type Alarm, type AlarmState } from "./alarm";

/** Periods before the evaluated ones, from which real data may be taken where newer ones are missing. */
export const SPARE_PERIODS = 2;

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

export type Condition = Pick<
  Alarm,
  | "ComparisonOperator"
  | "Threshold"
  | "EvaluationPeriods"
  | "DatapointsToAlarm"
  | "TreatMissingData"
  | "StateValue"
>;

/**
 * The state of an alarm after its values: the evaluated periods and those before, oldest first.
 *
 * As many real data as there are periods decide alone. Of fewer, the missing ones count as the alarm says.
 *
 * @returns undefined if its comparison is not written, such as that with a band of an anomaly detection.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function nextState(condition: Condition, values: Series): AlarmState | undefined {
  const compare = COMPARISONS[condition.ComparisonOperator];
  if (!compare) return undefined;
  const { EvaluationPeriods: evaluated, Threshold, TreatMissingData = "missing", StateValue } = condition;
  const needed = datapointsToAlarm(condition as Alarm);
  const real = values.filter((value) => value !== undefined).slice(-evaluated);
  const breaching = real.filter((value) => compare(value, Threshold)).length;
  const missing = evaluated - real.length;
  if (missing === 0) return breaching >= needed ? "ALARM" : "OK";

  if (real.length === 0)
    return { breaching: "ALARM", notBreaching: "OK", ignore: StateValue, missing: "INSUFFICIENT_DATA" }[
      TreatMissingData
    ] as AlarmState;
  if (breaching >= needed) return "ALARM";
  switch (TreatMissingData) {
    case "breaching":
      return breaching + missing >= needed ? "ALARM" : "OK";
    case "notBreaching":
      return "OK";
    default:
      // Nothing good is known.
      if (breaching < real.length) return "OK";
      return TreatMissingData === "ignore" ? StateValue : "ALARM";
  }
}
