import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { lastProcess, logOf, startProcesses } from "../../src/local/processes/start";
import type { ProcessSettings } from "../../src/local/processes/process";

const POLL_MS = 50;

const LIMIT_MS = 60_000;

/** Starts the controllers as `codeseries local` does, and waits until they serve Git. */
export async function startControllers(settings: ProcessSettings): Promise<void> {
  await startProcesses(settings, process.env);
  const { pid = 0 } = lastProcess("controllers") ?? {};
  for (let passed = 0; passed < LIMIT_MS; passed += POLL_MS) {
    if (readFileSync(logOf("controllers"), "utf8").includes(`started, process ${pid}\n`)) return;
    await wait(POLL_MS);
  }
  throw new Error(`the controllers have not started after ${LIMIT_MS / 1000} s`);
}
