import { Failure, Interrupted } from "../../src/process/failure";
import { Interruption } from "../../src/process/interruption";
import { Reporter } from "../../src/process/reporter";

const said: string[] = [];
let interruption: Interruption;
beforeEach(() => {
  said.length = 0;
  interruption = new Interruption(new Reporter({ write: (text) => said.push(text) }));
});
afterEach(() => {
  interruption.end();
});

describe("an interruption", () => {
  it("stops the work once, however often the signal comes", () => {
    const stop = jest.fn();
    interruption.attach(stop);
    process.emit("SIGINT");
    process.emit("SIGINT");
    process.emit("SIGTERM");
    expect(stop).toHaveBeenCalledTimes(1);
    expect(said.join("")).toMatch(/^Stopping: .*\n$/);
    expect(() => {
      interruption.check();
    }).toThrow(Interrupted);
  });

  const working = new Promise<never>(() => undefined);

  it("ends work at once where nobody works for us, and lets signals mean what they meant", async () => {
    const before = process.listenerCount("SIGINT");
    const ended = interruption.during(() => working);
    process.emit("SIGTERM");
    await expect(ended).rejects.toThrow(Interrupted);
    expect(said).toEqual([]);
    expect(process.listenerCount("SIGINT")).toBe(before - 1);
  });

  it("waits for those who work for us, until somebody will not wait", async () => {
    interruption.end();
    let time = 0;
    interruption = new Interruption(new Reporter({ write: (text) => said.push(text) }), () => time);
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
    expect(String(outcome.mock.lastCall)).toMatch(/Interrupted, without waiting/);
  });

  it("leaves alone what has been released", () => {
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

  it("lets signals mean what they meant, once it has ended", () => {
    const before = process.listenerCount("SIGINT");
    interruption.end();
    expect(process.listenerCount("SIGINT")).toBe(before - 1);
  });
});
