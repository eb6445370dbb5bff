import { boundsOf } from "../../bench/bounds";
import type { Row } from "../../bench/results";

function row(services: number, ours: number, plain: number): Row {
  const measurement = (seconds: number) => ({ seconds, parts: {}, cpuSeconds: seconds, peakMegabytes: 100 });
  return { services, resources: services * 70, ours: measurement(ours), plain: measurement(plain) };
}

const holding = (rows: readonly Row[]) => boundsOf(rows).map(({ holds }) => holds);

test("a resource takes at most 1.2 times as long as in the plain app", () => {
  expect(holding([row(100, 12, 10)])).toEqual([true]);
  expect(holding([row(100, 12.1, 10)])).toEqual([false]);
});

test("from the last number of services but one to the last, time grows at most 1.3 times as they do", () => {
  expect(holding([row(1, 1, 1), row(100, 1, 1), row(300, 3.9, 3.9)])).toEqual([true, true, true, true]);
  expect(holding([row(1, 1, 1), row(100, 1, 1), row(300, 4, 4)])).toEqual([true, true, true, false]);
});

test("a bound says its figures", () => {
  expect(boundsOf([row(10, 3, 2)])).toEqual([
    {
      name: "n = 10: time per resource, as a multiple of the plain app's",
      value: 1.5,
      limit: 1.2,
      holds: false,
    },
  ]);
});
