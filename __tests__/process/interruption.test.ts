import { Failure, Interrupted } from "../../src/errors";
import { Interruption } from "../../src/process/interruption";
import type { Progress } from "../../src/process/progress";

const notes: string[] = [];
const progress: Progress = {
  note: (text) => notes.push(text),
  live: () => undefined,
  clear: () => undefined,
};
let interruption: Interruption;
beforeEach(() => {
  notes.length = 0;
  interruption = new Interruption(progress);
});
afterEach(() => {
  interruption.end();
});

describe("an interruption", () => {
  it("stops the work once, however many signals arrive", () => {
    const stop = jest.fn();
    interruption.attach(stop);
    process.emit("SIGINT");
    process.emit("SIGINT");
    process.emit("SIGTERM");
    expect(stop).toHaveBeenCalledTimes(1);
    expect(notes).toEqual([expect.stringMatching(/^Stopping: /)]);
    expect(() => {
      interruption.check();
    }).toThrow(Interrupted);
  });

  const working = new Promise<never>(() => undefined);

  it("ends the work at once if no child process is running, and restores the signal handlers", async () => {
    const before = process.listenerCount("SIGINT");
    const ended = interruption.during(() => working);
    process.emit("SIGTERM");
    await expect(ended).rejects.toThrow(Interrupted);
    expect(notes).toEqual([]);
    expect(process.listenerCount("SIGINT")).toBe(before - 1);
  });

  it("waits for child processes until a later signal", async () => {
    interruption.end();
    let time = 0;
    interruption = new Interruption(progress, () => time);
    interruption.attach(() => undefined);
    const outcome = jest.fn();
    const ended = interruption.during(() => working).catch(outcome);
    process.emit("SIGHUP");
    process.emit("SIGHUP");
    await new Promise(setImmediate);
    expect(outcome).not.toHaveBeenCalled();
    time = 5_000;
    process.emit("SIGHUP");
    await ended;
    expect(String(outcome.mock.lastCall)).toMatch(/Interrupted without waiting/);
  });

  it("does not stop a child process that was detached", () => {
    const stop = jest.fn();
    interruption.attach(stop)();
    interruption.stop(new Failure("moto died"));
    expect(stop).not.toHaveBeenCalled();
  });

  it("keeps the first cause", () => {
    interruption.stop(new Failure("moto died"));
    interruption.stop(new Failure("a gap"));
    expect(() => {
      interruption.check();
    }).toThrow("moto died");
  });

  it("restores the signal handlers when it ends", () => {
    const before = process.listenerCount("SIGINT");
    interruption.end();
    expect(process.listenerCount("SIGINT")).toBe(before - 1);
  });
});
