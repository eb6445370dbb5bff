import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { watch } from "../../../src/local/emulator/watch";
import { Interruption } from "../../../src/process/interruption";
import { identify, type ProcessIdentity } from "../../../src/process/process-identity";
import { temporaryFolder } from "../../support/temporary-folder";

const folder = temporaryFolder();
const log = () => join(folder.path, "emulator.log");
let interruption: Interruption;

beforeEach(() => {
  process.env.CODESERIES_LOCAL = folder.path;
  interruption = new Interruption({ note: () => undefined, live: () => undefined, clear: () => undefined });
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
  it("stops the deployment at an operation that moto does not have, and names it", async () => {
    writeFileSync(log(), "embedded AWS has no ecs.OfAnEarlierRun\n");
    await expect(
      watched(identify(process.pid), () => {
        appendFileSync(log(), "a warning\nembedded AWS has no codepipeline.StartPipelineExecution\n");
      }),
    ).rejects.toThrow(/^the embedded AWS has no codepipeline\.StartPipelineExecution: /);
  });

  it("stops the deployment if moto exits, with the last line of its log", async () => {
    writeFileSync(log(), "Traceback\nMemoryError\n");
    const gone = { pid: process.pid, startTime: "another time" };
    await expect(watched(gone, () => undefined)).rejects.toThrow(
      /^the embedded AWS exited unexpectedly; its state is lost\. .*: MemoryError$/,
    );
  });

  it("does not stop the deployment otherwise", async () => {
    writeFileSync(log(), "embedded AWS has no ecs.OfAnEarlierRun\n");
    await expect(watched(identify(process.pid), () => undefined)).resolves.toBeUndefined();
  });
});
