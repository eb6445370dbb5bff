import { CloudWatchClient, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import type { Controller } from "../../reconcile/controller";
import { placeOf, type Document } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import { metricsOf, periodOf, type Alarm } from "./alarm/alarm";
import { nextState, SPARE_PERIODS } from "./alarm/next-state";
import { stateReason, stateReasonData, type Evaluation } from "./alarm/reason";
import type { Datum, Range } from "./alarm/statistics";
import { valuesOf } from "./alarm/values";
import { readMetrics } from "./metrics";
import { periodMs } from "./period";

/** The kind of the documents of alarms; see `src/local/moto/releases/cloudwatch.py`. */
const ALARM = "cloudwatch-alarm";

/** Who writes metrics has this long after the end of a period. */
const LATE_MS = 100;

const MINUTE_SECONDS = 60;

const LEAST_INTERVAL_MS = 500;

/** Evaluates the metric alarms of all accounts and regions, as CloudWatch does, in scaled periods. */
export function alarmController(embedded: Embedded): Controller {
  const told = new Set<string>();
  const everyMs = Math.max(periodMs(embedded.time, MINUTE_SECONDS), LEAST_INTERVAL_MS);
  let last = 0;
  return {
    name: "cloudwatch",
    everyMs,
    reconcile: async () => {
      // Data are no change: time alone counts.
      if (Date.now() - last < everyMs / 2) return;
      last = Date.now();
      const alarms = await embedded.documents.list<Alarm>(ALARM);
      if (alarms.length === 0) return;
      for (const [document, evaluation] of await evaluateAll(embedded, alarms, told))
        if (evaluation.state !== document.document.StateValue || document.document.Unchecked)
          await setState(embedded, document, evaluation);
    },
  };
}

/** The last periods of an alarm that are over. */
function rangeOf(embedded: Embedded, alarm: Alarm, nowMs: number): Range {
  const lengthMs = periodMs(embedded.time, periodOf(alarm));
  const endMs = Math.floor((nowMs - LATE_MS) / lengthMs) * lengthMs;
  return { endMs, lengthMs, count: alarm.EvaluationPeriods + SPARE_PERIODS };
}

/** @param told The alarms that were said to be impossible to evaluate. */
async function evaluateAll(
  embedded: Embedded,
  alarms: readonly Document<Alarm>[],
  told: Set<string>,
): Promise<(readonly [Document<Alarm>, Evaluation])[]> {
  const now = new Date();
  const wanted = alarms.map((document) => {
    const { account, region, document: alarm } = document;
    const range = rangeOf(embedded, alarm, now.getTime());
    const sinceMs = range.endMs - range.count * range.lengthMs;
    const metrics = [...metricsOf(alarm)];
    const queries = metrics.map(([, metric]) => ({ account, region, metric, sinceMs }));
    return { document, range, ids: metrics.map(([id]) => id), queries };
  });
  const answers = (
    await readMetrics(
      embedded.endpoint,
      wanted.flatMap(({ queries }) => queries),
    )
  )[Symbol.iterator]();
  const take = () => answers.next().value ?? [];
  return wanted.flatMap(({ document, range, ids }) => {
    const data = new Map(ids.map((id) => [id, take()]));
    try {
      const evaluation = evaluationOf(document.document, data, range, now);
      return evaluation ? [[document, evaluation] as const] : [];
    } catch (error) {
      if (!told.has(document.id))
        embedded.say("cloudwatch", `${document.id} is not evaluated: ${String(error)}`);
      told.add(document.id);
      return [];
    }
  });
}

/** An alarm at one time; undefined if it cannot be evaluated. */
function evaluationOf(
  alarm: Alarm,
  data: ReadonlyMap<string, readonly Datum[]>,
  range: Range,
  now: Date,
): Evaluation | undefined {
  const values = valuesOf(alarm, data, range);
  const state = nextState(alarm, values);
  const begin = range.endMs - range.count * range.lengthMs;
  const at = values.map((_, index) => begin + index * range.lengthMs);
  return state && { alarm, state, values, at, now };
}

async function setState(
  embedded: Embedded,
  document: Document<Alarm>,
  evaluation: Evaluation,
): Promise<void> {
  const { alarm, state } = evaluation;
  const reason = stateReason(evaluation);
  await embedded.clients.asService(CloudWatchClient, placeOf(document)).send(
    new SetAlarmStateCommand({
      AlarmName: alarm.AlarmName,
      StateValue: state,
      StateReason: reason,
      StateReasonData: stateReasonData(evaluation),
    }),
  );
  if (state !== alarm.StateValue)
    embedded.say("cloudwatch", `${alarm.AlarmName} ${alarm.StateValue} -> ${state}: ${reason}`);
}
