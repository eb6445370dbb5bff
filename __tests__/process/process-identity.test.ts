import { spawn } from "node:child_process";
import { once } from "node:events";
import { identify, isAlive } from "../../src/process/process-identity";

describe("a process's identity", () => {
  it("is the same until the process exits", async () => {
    const child = spawn("sleep", ["60"]);
    const identity = identify(child.pid ?? 0);
    if (!identity) throw new Error("sleep does not run");
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ ...identity, startTime: "another time" })).toBe(false);

    child.kill();
    await once(child, "exit");
    expect(isAlive(identity)).toBe(false);
    expect(identify(identity.pid)).toBeUndefined();
  });
});
