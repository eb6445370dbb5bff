import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { identify, isAlive, type ProcessIdentity } from "../../process/process-identity";

/** Milliseconds that Terraform has to write its state before it is killed. */
const SHUTDOWN_GRACE_MS = 5_000;

const POLL_MS = 100;

/** Records that Terraform runs for a stack, and returns how to remove the record. */
export function recordRun(folder: string, stack: string, pid: number): () => void {
  const file = join(folder, `${stack}.json`);
  const identity = identify(pid);
  if (identity) writeFileSync(file, JSON.stringify(identity));
  return () => {
    rmSync(file, { force: true });
  };
}

/** The processes of recorded runs that are alive. */
export function recordedRuns(folder: string): ProcessIdentity[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return files
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as ProcessIdentity)
    .filter(isAlive);
}

/** Ends the runs of Terraform that a killed command left behind, with their provider processes. */
export async function endRecordedRuns(folder: string): Promise<void> {
  for (const { pid } of recordedRuns(folder)) process.kill(pid, "SIGINT");
  for (let passed = 0; passed < SHUTDOWN_GRACE_MS && recordedRuns(folder).length > 0; passed += POLL_MS)
    await wait(POLL_MS);
  for (const { pid } of recordedRuns(folder)) process.kill(-pid, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
