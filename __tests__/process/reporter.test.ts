import { Reporter } from "../../src/process/reporter";

function reporterOn(terminal: { isTTY: boolean; columns?: number }) {
  let written = "";
  let time = 0;
  const write = (text: string) => (written += text);
  const reporter = new Reporter({ ...terminal, write }, () => time);
  return {
    reporter,
    at: (seconds: number) => (time = seconds * 1000),
    written: () => written,
  };
}

describe("the reporter", () => {
  it("rewrites one line on a terminal, no longer than that is wide", () => {
    const { reporter, written } = reporterOn({ isTTY: true, columns: 9 });
    reporter.live("making a bucket");
    reporter.live("made");
    reporter.note("done");
    expect(written()).toBe("\r\u001b[2Kmaking a\r\u001b[2Kmade\r\u001b[2Kdone\n");
  });

  it("writes a line every ten seconds into a log, and no control characters", () => {
    const { reporter, at, written } = reporterOn({ isTTY: false });
    for (const second of [1, 9, 10, 11, 19, 20]) {
      at(second);
      reporter.live(`at ${second}`);
    }
    expect(written()).toBe("at 10\nat 20\n");
  });
});
