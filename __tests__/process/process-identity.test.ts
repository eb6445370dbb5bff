import { spawn } from "node:child_process";
import { once } from "node:events";
import { identify, isAlive } from "../../src/process/process-identity";

describe("a process's identity", () => {
  it("is the same as long as it lives, and nobody's afterwards", async () => {
    const child = spawn("sleep", ["60"]);
    const identity = identify(child.pid ?? 0);
    if (!identity) throw new Error("sleep does not run");
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ ...identity, began: "another time" })).toBe(false);

    child.kill();
    await once(child, "exit");
    expect(isAlive(identity)).toBe(false);
    expect(identify(identity.pid)).toBeUndefined();
  });
});
