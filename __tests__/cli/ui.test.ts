import { Ui, type UiOptions } from "../../src/cli/ui";
import { InputError } from "../../src/errors";

interface Terminal {
  readonly isTTY: boolean;
  readonly columns?: number;
}

function uiOn(terminal: Terminal, options: UiOptions = {}, env: NodeJS.ProcessEnv = {}) {
  const written = { out: "", err: "" };
  let time = 0;
  const io = {
    env,
    stdout: { ...terminal, write: (text: string) => (written.out += text) },
    stderr: { ...terminal, write: (text: string) => (written.err += text) },
  };
  const ui = new Ui(
    io,
    () => options,
    () => time,
  );
  return { ui, written, at: (seconds: number) => (time = seconds * 1000) };
}

const log = { isTTY: false };
const terminal = { isTTY: true, columns: 9 };

describe("the live line", () => {
  it("is rewritten on a terminal, and is no longer than that is wide", () => {
    const { ui, written } = uiOn(terminal);
    ui.live("making a bucket");
    ui.live("made");
    ui.note("done");
    expect(written.err).toBe("\r\u001b[2Kmaking a\r\u001b[2Kmade\r\u001b[2Kdone\n");
  });

  it("goes before a result does", () => {
    const { ui, written } = uiOn(terminal);
    ui.live("made");
    ui.result("bucket");
    expect(written).toEqual({ out: "bucket\n", err: "\r\u001b[2Kmade\r\u001b[2K" });
  });

  it("is a line every ten seconds in a log, without control characters", () => {
    const { ui, at, written } = uiOn(log);
    for (const second of [1, 9, 10, 11, 19, 20]) {
      at(second);
      ui.live(`at ${second}`);
    }
    expect(written.err).toBe("at 10\nat 20\n");
  });
});

describe("output", () => {
  const everything = (options: UiOptions) => {
    const { ui, written } = uiOn(log, options);
    ui.result("result", { result: 1 });
    ui.note("note");
    ui.detail("detail");
    ui.warning("careful");
    ui.failure(new InputError("got x\nand y", "try z"));
    return written;
  };

  it("has results alone on standard output", () => {
    expect(everything({})).toEqual({
      out: "result\n",
      err: "note\nwarning: careful\ngot x\nand y\ntry z\n",
    });
  });

  it("has the data of a result with --json", () => {
    expect(everything({ json: true }).out).toBe('{\n  "result": 1\n}\n');
  });

  it("has no notes with --quiet, but warnings and errors", () => {
    const { out, err } = everything({ quiet: true, verbose: true });
    expect([out, err]).toEqual(["result\n", "warning: careful\ngot x\nand y\ntry z\n"]);
  });

  it("has details with --verbose", () => {
    expect(everything({ verbose: true }).err).toContain("note\ndetail\n");
  });
});

describe("color", () => {
  const RED = "\u001b[31mx\u001b[39m";

  it.each<[string, boolean, NodeJS.ProcessEnv, string]>([
    ["is on a terminal", true, {}, RED],
    ["is not in a file", false, {}, "x"],
    ["is not on a terminal with NO_COLOR", true, { NO_COLOR: "1" }, "x"],
    ["is on a terminal with an empty NO_COLOR", true, { NO_COLOR: "" }, RED],
    ["is not on a dumb terminal", true, { TERM: "dumb" }, "x"],
    ["is in a file with FORCE_COLOR", false, { FORCE_COLOR: "1", NO_COLOR: "1" }, RED],
    ["is not on a terminal with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, "x"],
  ])("%s", (_, isTTY, env, expected) => {
    expect(uiOn({ isTTY }, {}, env).ui.style.paint("red", "x")).toBe(expected);
  });

  it("marks the first line of an error", () => {
    const { ui, written } = uiOn({ isTTY: true, columns: 80 });
    ui.failure(new InputError("x\ny"));
    expect(written.err).toBe(`${RED}\ny\n`);
  });
});

describe("the width of a result", () => {
  it.each([
    ["a terminal's", { isTTY: true, columns: 120 }, 120],
    ["80 if the terminal does not say", { isTTY: true, columns: 0 }, 80],
    ["180 in a file", { isTTY: false }, 180],
  ])("is %s", (_, stream, columns) => {
    expect(uiOn(stream).ui.style.columns).toBe(columns);
  });
});
