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
