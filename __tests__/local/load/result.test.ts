import { percentile } from "../../../src/local/load/percentile";
import { Tally } from "../../../src/local/load/result";

test.each([
  [0.5, 2],
  [0.99, 4],
  [0, 1],
  [1, 4],
])("the value at %d", (share, expected) => {
  expect(percentile([1, 2, 3, 4], share)).toBe(expected);
  expect(percentile([], share)).toBeNaN();
});

test("answers are counted by version and status, failures with their time", () => {
  const tally = new Tally();
  for (let count = 0; count < 4; count += 1) tally.send();
  tally.answer("blue", 200, 5, 0);
  tally.answer("blue", 200, 7, 1);
  tally.answer("", 502, 1, 2);
  tally.error("ECONNRESET", 3);
  expect(tally.result()).toEqual({
    sent: 4,
    answered: 3,
    answers: { "blue 200": 2, "502": 1 },
    failures: [
      { atMs: 2, what: "502" },
      { atMs: 3, what: "ECONNRESET" },
    ],
    latencyMs: { p50: 5, p99: 7, max: 7 },
  });
});
