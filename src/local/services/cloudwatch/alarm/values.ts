import { evaluate } from "../expression/evaluate";
import { parseExpression } from "../expression/parse";
import type { Series, Value } from "../expression/value";
import { metricsOf, type Alarm } from "./alarm";
import { seriesOf, type Datum, type Range } from "./statistics";

/**
 * What an alarm compares with its threshold: its metric, or that of its expressions whose data it returns.
 *
 * @param dataOf The data of its metrics, by id.
 * @throws Error for an expression that cannot be evaluated.
 */
export function valuesOf(alarm: Alarm, dataOf: ReadonlyMap<string, readonly Datum[]>, range: Range): Series {
  const series = new Map<string, Value>();
  for (const [id, { Stat }] of metricsOf(alarm)) series.set(id, seriesOf(dataOf.get(id) ?? [], Stat, range));
  if (alarm.Metrics.length === 0) return asSeries(series.get("metric") ?? [], range.count);

  // An expression may use others, in any order.
  let open = alarm.Metrics.filter(({ Expression }) => Expression);
  while (open.length > 0) {
    const [ready, later] = [open.filter(usable(open)), open.filter((one) => !usable(open)(one))];
    if (ready.length === 0) throw new Error(`the expressions of alarm ${alarm.AlarmName} use each other`);
    for (const { Id, Expression } of ready)
      series.set(Id, evaluate(parseExpression(Expression ?? ""), series));
    open = later;
  }
  const returned = alarm.Metrics.find(({ ReturnData }) => ReturnData);
  return asSeries(series.get(returned?.Id ?? "") ?? [], range.count);
}

/** Whether an expression names none of those that are still open. */
const usable =
  (open: Alarm["Metrics"]) =>
  ({ Expression }: Alarm["Metrics"][number]) =>
    !open.some(({ Id }) => new RegExp(`\\b${Id}\\b`).test(Expression ?? ""));

const asSeries = (value: Value, count: number): Series =>
  typeof value === "number" ? Array.from({ length: count }, () => value) : value;
