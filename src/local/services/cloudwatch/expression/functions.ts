import type { Node } from "./parse";
import type { Series, Value } from "./value";

type Call = (given: readonly Node[], evaluate: (node: Node) => Value) => Value;

const at = (value: Value, index: number) => (typeof value === "number" ? value : value[index]);

const lengthOf = (values: readonly Value[]) =>
  Math.max(0, ...values.map((value) => (typeof value === "number" ? 0 : value.length)));

const argument = (given: readonly Node[], index: number): Node => {
  const found = given[index];
  if (!found) throw new Error(`a function of the expression lacks its argument ${index + 1}`);
  return found;
};

/** A function of one series or, with several, of their values of each period. */
const over =
  (reduce: (values: readonly number[]) => number): Call =>
  (given, evaluate) => {
    const values = given.map(evaluate);
    const [only] = values;
    if (values.length === 1 && only !== undefined && typeof only !== "number") {
      const present = only.filter((one): one is number => one !== undefined);
      return present.length === 0 ? only.map(() => undefined) : reduce(present);
    }
    const length = lengthOf(values);
    const of = (index: number) => values.map((one) => at(one, index)).filter((one) => one !== undefined);
    const result = Array.from({ length: Math.max(length, 1) }, (_, index) => {
      const present = of(index);
      return present.length === 0 ? undefined : reduce(present);
    });
    return length === 0 ? (result[0] ?? []) : result;
  };

const one =
  (operation: (value: number) => number): Call =>
  (given, evaluate) => {
    const value = evaluate(argument(given, 0));
    if (typeof value === "number") return operation(value);
    return value.map((each) => (each === undefined ? undefined : operation(each)));
  };

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** `IF(condition, then, else)`: where the condition has no value, the result has none. */
const choose: Call = (given, evaluate) => {
  const [condition, then, otherwise] = [0, 1, 2].map((index) => {
    const node = given[index];
    return node && evaluate(node);
  });
  if (condition === undefined || then === undefined) throw new Error("IF lacks an argument");
  const of = (index: number) => {
    const is = at(condition, index);
    if (is === undefined) return undefined;
    if (is !== 0) return at(then, index);
    return otherwise === undefined ? undefined : at(otherwise, index);
  };
  const length = lengthOf([condition, then, otherwise ?? 0]);
  return length === 0 ? (of(0) ?? []) : Array.from({ length }, (_, index) => of(index));
};

/** `FILL(metric, value)`, also with `REPEAT`. `LINEAR` is not written. */
const fill: Call = (given, evaluate) => {
  const series = evaluate(argument(given, 0));
  const node = argument(given, 1);
  if (typeof series === "number") return series;
  if (node.type === "name" && node.name.toUpperCase() === "REPEAT") return repeated(series);
  const value = evaluate(node);
  return series.map((each, index) => each ?? at(value, index));
};

function repeated(series: Series): Series {
  let last: number | undefined;
  return series.map((each) => (last = each ?? last));
}

/**
 * The functions of metric math that alarms use. Of a single series, SUM, AVG, MIN and MAX are one number.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const FUNCTIONS: Readonly<Record<string, Call>> = {
  ABS: one(Math.abs),
  AVG: over((values) => sum(values) / values.length),
  CEIL: one(Math.ceil),
  FILL: fill,
  FLOOR: one(Math.floor),
  IF: choose,
  MAX: over((values) => Math.max(...values)),
  MIN: over((values) => Math.min(...values)),
  SUM: over(sum),
};
