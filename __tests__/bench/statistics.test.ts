import { median, medianOf } from "../../bench/statistics";

test.each([
  [[3, 1, 2], 2],
  [[10, 9, 100], 10],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])("the median of %p is %d", (values, expected) => {
  expect(median(values)).toBe(expected);
});

test("there is no median of nothing", () => {
  expect(() => median([])).toThrow("no values");
});

test("each figure has a median of its own", () => {
  const run = (seconds: number, synth: number, peakMegabytes: number) => ({
    seconds,
    parts: { synth },
    cpuSeconds: seconds * 2,
    peakMegabytes,
  });
  expect(medianOf([run(1, 30, 200), run(2, 10, 300), run(3, 20, 100)])).toEqual(run(2, 20, 200));
});
