import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { identify } from "../../../src/process/process-identity";
import { endRecordedRuns, recordedRuns, recordRun } from "../../../src/terraform/run/run-records";
import { temporaryFolder } from "../../support/temporary-folder";

const folder = temporaryFolder();
const runs = () => join(folder.path, "runs");
const state = () => join(folder.path, "state");

beforeEach(() => {
  mkdirSync(runs());
});

/** A process in a group of its own that runs a script, once it has written its first line. */
async function running(script: string): Promise<ChildProcess & { pid: number }> {
  const child = spawn("/bin/sh", ["-c", script], { detached: true });
  await once(child.stdout, "data");
  return Object.assign(child, { pid: child.pid ?? 0 });
}

describe("records of Terraform's runs", () => {
  it("exist while a run is not removed", async () => {
    const child = await running("echo started; exec sleep 60");
    const remove = recordRun(runs(), "dev", child.pid);
    expect(recordedRuns(runs())).toEqual([identify(child.pid)]);
    remove();
    expect(recordedRuns(runs())).toEqual([]);
    child.kill();
  });

  it("let a later command end the run, which writes its state first", async () => {
    const child = await running(
      `trap 'echo written > ${state()}; exit 1' INT; echo started; while true; do sleep 0.05; done`,
    );
    recordRun(runs(), "dev", child.pid);
    await endRecordedRuns(runs());
    expect(existsSync(state())).toBe(true);
    expect(identify(child.pid)).toBeUndefined();
    expect(existsSync(runs())).toBe(false);
  });

  it("kill a run that does not end, with its children", async () => {
    const child = await running(`trap "" INT; sleep 60 & echo $! > ${state()}; echo ready; wait`);
    const grandchild = Number(readFileSync(state(), "utf8"));
    recordRun(runs(), "dev", child.pid);
    const exited = once(child, "exit");
    await endRecordedRuns(runs());
    await exited;
    expect(identify(child.pid)).toBeUndefined();
    // Without an end of this loop the test exceeds its time.
    while (identify(grandchild)) await wait(20);
  });

  it("never end a process that has the PID of one that has exited", async () => {
    const child = await running("echo started; exec sleep 60");
    writeFileSync(join(runs(), "dev.json"), JSON.stringify({ pid: child.pid, startTime: "earlier" }));
    await endRecordedRuns(runs());
    expect(identify(child.pid)).toBeDefined();
    child.kill();
  });

  it("are none if nothing ran", async () => {
    await endRecordedRuns(runs());
    expect(recordedRuns(runs())).toEqual([]);
  });
});
