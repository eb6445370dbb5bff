import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { watch } from "../../src/local/watch";
import { Interruption } from "../../src/process/interruption";
import { identify, type ProcessIdentity } from "../../src/process/process-identity";
import { Reporter } from "../../src/process/reporter";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const log = () => join(folder.path, "emulator.log");
let interruption: Interruption;

beforeEach(() => {
  process.env.CODESERIES_LOCAL = folder.path;
  interruption = new Interruption(new Reporter({ write: () => true }));
});
afterEach(() => {
  interruption.end();
  delete process.env.CODESERIES_LOCAL;
});

/** Watches a process for long enough to see something. */
async function watched(identity: ProcessIdentity | undefined, meanwhile: () => void) {
  if (!identity) throw new Error("no such process");
  const end = watch({ ...identity, url: "http://127.0.0.1:1", since: "2026-01-01" }, interruption);
  meanwhile();
  await wait(350);
  end();
  interruption.check();
}

describe("watching the embedded AWS", () => {
  it("stops the work at an operation that moto lacks, by its name", async () => {
    writeFileSync(log(), "embedded AWS has no ecs.OfAnEarlierRun\n");
    await expect(
      watched(identify(process.pid), () => {
        appendFileSync(log(), "a warning\nembedded AWS has no codepipeline.StartPipelineExecution\n");
      }),
    ).rejects.toThrow(/^the embedded AWS has no codepipeline\.StartPipelineExecution: /);
  });

  it("stops the work where moto has died, with its last words", async () => {
    writeFileSync(log(), "Traceback\nMemoryError\n");
    const gone = { pid: process.pid, began: "another time" };
    await expect(watched(gone, () => undefined)).rejects.toThrow(
      /^the embedded AWS has ended by itself, and forgot everything; .*: MemoryError$/,
    );
  });

  it("leaves the work alone otherwise", async () => {
    writeFileSync(log(), "embedded AWS has no ecs.OfAnEarlierRun\n");
    await expect(watched(identify(process.pid), () => undefined)).resolves.toBeUndefined();
  });
});
