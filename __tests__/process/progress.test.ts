import { duration } from "../../src/process/progress";

describe("a span of time", () => {
  it.each([
    [4_400, "4 s"],
    [59_400, "59 s"],
    [59_600, "1 min 00 s"],
    [125_000, "2 min 05 s"],
  ])("of %d ms is written %s", (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});
