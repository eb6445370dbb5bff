import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { end, identify, readRecord, type ProcessIdentity } from "../../process/process-identity";

/** Milliseconds that Terraform has to write its state before it is killed. */
const SHUTDOWN_GRACE_MS = 5_000;

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
  return files.flatMap((name) => readRecord(join(folder, name)) ?? []);
}

/** Ends the runs of Terraform that a killed command left behind, with their provider processes. */
export async function endRecordedRuns(folder: string): Promise<void> {
  await end(recordedRuns(folder), "SIGINT", SHUTDOWN_GRACE_MS);
  rmSync(folder, { recursive: true, force: true });
}
