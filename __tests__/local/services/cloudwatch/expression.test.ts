import { evaluate } from "../../../../src/local/services/cloudwatch/expression/evaluate";
import { parseExpression } from "../../../../src/local/services/cloudwatch/expression/parse";
import type { Value } from "../../../../src/local/services/cloudwatch/expression/value";

const none = undefined;

const known = new Map<string, Value>([
  ["requests", [100, 10, none, 200]],
  ["errors", [none, 5, none, 20]],
  ["zero", [0, 0, 0, 0]],
]);

const value = (expression: string) => evaluate(parseExpression(expression), known);

test.each<[string, Value]>([
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["2 ^ 3 - -1", 9],
  ["8 - 2 - 1", 5],
  ["1 + 1 == 2", 1],
  ["1 > 2 || 3 >= 3", 1],
  ["1 > 2 AND 3 >= 3", 0],
  ["requests", [100, 10, none, 200]],
  ["errors + 1", [none, 6, none, 21]],
  ["100 * errors / requests", [none, 50, none, 10]],
  ["errors / zero", [none, none, none, none]],
  ["FILL(errors, 0)", [0, 5, 0, 20]],
  ["FILL(errors, REPEAT)", [none, 5, 5, 20]],
  ["IF(requests >= 50, 1, 0)", [1, 0, none, 1]],
  ["IF(requests >= 50, requests)", [100, none, none, 200]],
  ["SUM(requests)", 310],
  ["MAX(errors, requests)", [100, 10, none, 200]],
  ["SUM(requests, errors)", [100, 15, none, 220]],
  ["AVG(errors)", 12.5],
  ["ABS(-1.5) + CEIL(.5) + FLOOR(1.9)", 3.5],
  // As in `rollback-alarms.ts`.
  ["IF(requests >= 50, 100 * (FILL(errors, 0) + FILL(zero, 0)) / requests, 0)", [0, 0, none, 10]],
])("%s", (expression, expected) => {
  expect(value(expression)).toEqual(expected);
});

test.each([
  ["1 +", "lacks a value"],
  ["(1", "lacks )"],
  ["1 2", "goes on with 2"],
  ["1 # 2", "unknown character"],
  ["nothing", "names nothing"],
  ["RATE(requests)", "function RATE"],
])("%s is refused", (expression, message) => {
  expect(() => value(expression)).toThrow(message);
});
