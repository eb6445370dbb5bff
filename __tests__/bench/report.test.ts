import { table, verdicts } from "../../bench/report";

const row = {
  services: 10,
  resources: 700,
  ours: {
    seconds: 1.4,
    parts: { configuration: 0.1, construct: 0.3, synth: 1 },
    cpuSeconds: 1.6,
    peakMegabytes: 150.4,
  },
  plain: { seconds: 2, parts: { construct: 0.5, synth: 1.5 }, cpuSeconds: 2.2, peakMegabytes: 99.6 },
};

test("a table, its columns under their headings", () => {
  const [heading = "", first = ""] = table([row]).split("\n");
  expect(first.trim().split(/\s+/)).toEqual([
    "10",
    "700",
    "1.40",
    "0.10",
    "0.30",
    "1.00",
    "1.60",
    "150",
    "2.00",
    "0.50",
    "1.50",
    "2.20",
    "100",
    "0.70",
    "2.00",
  ]);
  expect(first).toHaveLength(heading.length);
});

test("a verdict for each bound", () => {
  const bound = { name: "n = 10: ratio", value: 1.25, limit: 1.2, holds: false };
  expect(verdicts([bound, { ...bound, value: 1, holds: true }])).toBe(
    "BROKEN  n = 10: ratio: 1.25, at most 1.20\nholds   n = 10: ratio: 1.00, at most 1.20",
  );
});
