import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exclusively } from "../../../src/process/exclusive";
import { identify } from "../../../src/process/process-identity";
import { temporaryFolder } from "../../support/temporary-folder";

const folder = temporaryFolder();
const lock = () => join(folder.path, "work", "lock.json");
const work = () => exclusively(lock(), "npm run local", () => Promise.resolve("done"));

describe("work that only one process may do", () => {
  it("is refused to a second process, with the PID and the start of the first", async () => {
    await exclusively(lock(), "npm run local", async () => {
      await expect(work()).rejects.toThrow(
        new RegExp(
          `^another npm run local is running \\(process ${process.pid}, since 20.*Z\\); wait until it has finished$`,
        ),
      );
    });
  });

  it("is done by two that start at the same time one after the other, or by one", async () => {
    let running = 0;
    const alone = () =>
      exclusively(lock(), "it", async () => {
        running += 1;
        expect(running).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 50));
        running -= 1;
      });
    const outcomes = await Promise.allSettled([alone(), alone(), alone()]);
    expect(outcomes.map(({ status }) => status)).toContain("fulfilled");
    for (const outcome of outcomes)
      if (outcome.status === "rejected")
        expect(String(outcome.reason)).toMatch(/another it is running \(process \d+, since /);
  });

  it("leaves no files, whether it fails or not", async () => {
    expect(await work()).toBe("done");
    await expect(exclusively(lock(), "it", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(readdirSync(dirname(lock()))).toEqual([]);
  });

  it("ignores an empty record", async () => {
    mkdirSync(dirname(lock()));
    writeFileSync(lock(), "");
    expect(await work()).toBe("done");
  });

  it("is taken over from a process that was killed, even if its PID was reused", async () => {
    mkdirSync(`${lock()}.lock`, { recursive: true });
    const killed = { ...identify(process.pid), startTime: "earlier", since: "2026-01-01T00:00:00.000Z" };
    writeFileSync(lock(), JSON.stringify(killed));
    expect(await work()).toBe("done");
    expect(existsSync(lock())).toBe(false);
  });

  it("is not taken over from a live process that is too busy to renew its lock", async () => {
    const holder = spawn("sleep", ["60"]);
    await once(holder, "spawn");
    mkdirSync(dirname(lock()), { recursive: true });
    writeFileSync(
      lock(),
      JSON.stringify({ ...identify(holder.pid ?? 0), since: "2026-01-01T00:00:00.000Z" }),
    );
    await expect(work()).rejects.toThrow(
      `another npm run local is running (process ${holder.pid ?? 0}, since 2026`,
    );
    expect(readFileSync(lock(), "utf8")).toContain(String(holder.pid));
    holder.kill();
  });
});
