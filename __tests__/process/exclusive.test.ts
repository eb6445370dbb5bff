import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exclusively } from "../../src/process/exclusive";
import { identify } from "../../src/process/process-identity";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const lock = () => join(folder.path, "place", "lock.json");

describe("work that only one may do", () => {
  it("is refused to a second, by the first one's process and time", async () => {
    await exclusively(lock(), "npm run local", async () => {
      await expect(exclusively(lock(), "npm run local", () => Promise.resolve())).rejects.toThrow(
        new RegExp(
          `^another npm run local is at work \\(process ${process.pid}, since 20.*Z\\): wait for its end$`,
        ),
      );
    });
  });

  it("leaves nothing behind, whether it fails or not", async () => {
    expect(await exclusively(lock(), "it", () => Promise.resolve(7))).toBe(7);
    await expect(exclusively(lock(), "it", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(readdirSync(join(folder.path, "place"))).toEqual([]);
  });

  it("does not mind a file that says nothing", async () => {
    await exclusively(lock(), "it", () => Promise.resolve());
    writeFileSync(lock(), "");
    expect(await exclusively(lock(), "it", () => Promise.resolve("done"))).toBe("done");
  });

  it("goes on where the holder was killed, also where another process has its number by now", async () => {
    const dead = { ...identify(process.pid), began: "long ago", since: "2026-01-01T00:00:00.000Z" };
    await exclusively(lock(), "it", () => Promise.resolve());
    writeFileSync(lock(), JSON.stringify(dead));
    expect(await exclusively(lock(), "it", () => Promise.resolve("done"))).toBe("done");
    expect(existsSync(lock())).toBe(false);
  });
});
