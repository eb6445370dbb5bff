import type { Alarm } from "../../../../src/local/services/cloudwatch/alarm/alarm";
import { nextState } from "../../../../src/local/services/cloudwatch/alarm/next-state";
import { stateReason, stateReasonData } from "../../../../src/local/services/cloudwatch/alarm/reason";
import { seriesOf, statistic, type Datum } from "../../../../src/local/services/cloudwatch/alarm/statistics";
import { valuesOf } from "../../../../src/local/services/cloudwatch/alarm/values";

const ALARM: Alarm = {
  AlarmName: "errors",
  Namespace: "AWS/ApplicationELB",
  MetricName: "UnHealthyHostCount",
  Dimensions: {},
  Statistic: "Minimum",
  Period: 60,
  Metrics: [],
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
  Threshold: 1,
  EvaluationPeriods: 3,
  StateValue: "OK",
  Unchecked: false,
};

/** `0` is good, `X` breaches, `-` is missing. */
const valuesFrom = (text: string) =>
  text.split(" ").map((one) => ({ 0: 0, X: 1 })[one as "0" | "X"] as number | undefined);

/** The tables of AWS's page, whose evaluation range has five periods; the state before is INSUFFICIENT_DATA. */
test.each([
  // M, data, missing, ignore, breaching, notBreaching
  [3, "0 - X - X", "OK", "OK", "OK", "OK"],
  [3, "- - - - 0", "OK", "OK", "OK", "OK"],
  [3, "- - - - -", "INSUFFICIENT_DATA", "INSUFFICIENT_DATA", "ALARM", "OK"],
  [3, "0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [3, "- - X - -", "ALARM", "INSUFFICIENT_DATA", "ALARM", "OK"],
  [2, "0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [2, "0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [2, "0 - X - -", "OK", "OK", "ALARM", "OK"],
  [2, "- - - - 0", "OK", "OK", "ALARM", "OK"],
  [2, "- - - - X", "ALARM", "INSUFFICIENT_DATA", "ALARM", "OK"],
])("%d of 3: %s", (DatapointsToAlarm, data, ...expected) => {
  const states = ["missing", "ignore", "breaching", "notBreaching"].map((TreatMissingData) =>
    nextState(
      { ...ALARM, DatapointsToAlarm, TreatMissingData, StateValue: "INSUFFICIENT_DATA" },
      valuesFrom(data),
    ),
  );
  expect(states).toEqual(expected);
});

test.each([
  ["GreaterThanOrEqualToThreshold", 1, "ALARM"],
  ["GreaterThanThreshold", 1, "OK"],
  ["LessThanThreshold", 1, "OK"],
  ["LessThanOrEqualToThreshold", 1, "ALARM"],
  ["LessThanThreshold", 0, "ALARM"],
  ["GreaterThanUpperThreshold", 1, undefined],
])("%s of %d and a threshold of 1: %s", (ComparisonOperator, value, expected) => {
  expect(nextState({ ...ALARM, ComparisonOperator, EvaluationPeriods: 1 }, [value])).toBe(expected);
});

const DATA: readonly Datum[] = [
  [0, 1, 4, 4, 4],
  [0.5, 3, 6, 1, 3],
  [1, 1, 9, 9, 9],
];

test.each([
  ["Sum", 10],
  ["SampleCount", 4],
  ["Average", 2.5],
  ["Minimum", 1],
  ["Maximum", 4],
  ["p50", 2],
  ["p99", 4],
])("%s", (stat, expected) => {
  expect(statistic(DATA.slice(0, 2), stat)).toBe(expected);
});

test("data belong to the period in which they begin", () => {
  const range = { endMs: 3_000, lengthMs: 1_000, count: 3 };
  expect(seriesOf(DATA, "Sum", range)).toEqual([10, 9, undefined]);
});

test("an alarm on an expression may use other expressions, in any order", () => {
  const metric = { Namespace: "", MetricName: "", Dimensions: {}, Period: 1, Stat: "Sum" };
  const alarm: Alarm = {
    ...ALARM,
    Metrics: [
      { Id: "twice", Expression: "half * 4", ReturnData: true },
      { Id: "half", Expression: "all / 2", ReturnData: false },
      { Id: "all", MetricStat: metric, ReturnData: false },
    ],
  };
  const range = { endMs: 2_000, lengthMs: 1_000, count: 2 };
  expect(valuesOf(alarm, new Map([["all", DATA]]), range)).toEqual([20, 18]);
});

const AT = [0, 1, 2].map((minute) => Date.UTC(2026, 10, 28, 17, minute));
const NOW = new Date(Date.UTC(2026, 10, 28, 17, 3));

test("the reason of an alarm is in CloudWatch's words", () => {
  const evaluation = {
    alarm: { ...ALARM, DatapointsToAlarm: 2 },
    at: AT,
    now: NOW,
    values: [1, undefined, 2.5],
  };
  expect(stateReason({ ...evaluation, state: "ALARM" })).toBe(
    "Threshold Crossed: 2 out of the last 3 datapoints [2.5 (28/11/26 17:02:00), 1.0 (28/11/26 17:00:00)] " +
      "were greater than or equal to the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition).",
  );
  expect(JSON.parse(stateReasonData({ ...evaluation, state: "ALARM" }))).toMatchObject({
    version: "1.0",
    statistic: "Minimum",
    period: 60,
    recentDatapoints: [1, 2.5],
    threshold: 1,
  });
  expect(stateReason({ ...evaluation, state: "INSUFFICIENT_DATA", values: [] })).toBe(
    "Insufficient Data: 3 datapoints were unknown.",
  );
  expect(stateReason({ ...evaluation, state: "OK", values: [] })).toBe(
    "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [NonBreaching].",
  );
});
