import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { Failure } from "../errors";
import { identify, readRecord, type ProcessIdentity } from "./process-identity";

/** Milliseconds after which the lock of a killed process counts as abandoned; the smallest that the library allows. */
const STALE_MS = 2_000;

const RETRY_MS = 100;

/**
 * Takes the lock. The library judges a lock by its age alone, and a holder that is busy cannot renew it:
 * a lock whose recorded holder is alive is never taken over.
 *
 * @throws Failure if another process holds the lock.
 */
async function acquire(file: string, what: string): Promise<() => Promise<void>> {
  for (;;) {
    // Without a record, or with an incomplete one, the lock itself decides.
    const holder = readRecord(file) as (ProcessIdentity & { readonly since: string }) | undefined;
    if (holder)
      throw new Failure(
        `another ${what} is running (process ${holder.pid}, since ${holder.since}); wait until it has finished`,
      );
    try {
      return await lock(file, { realpath: false, stale: STALE_MS, onCompromised: () => undefined });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
      await wait(RETRY_MS);
    }
  }
}

/**
 * Runs work that only one process may do at a time. `file` names the holder while the work runs.
 *
 * @throws Failure if another process is doing it; the lock of a process that was killed is taken over.
 */
export async function exclusively<T>(file: string, what: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const release = await acquire(file, what);
  try {
    writeFileSync(file, JSON.stringify({ ...identify(process.pid), since: new Date().toISOString() }));
    return await work();
  } finally {
    rmSync(file, { force: true });
    // A process that was busy for long may have lost the lock's age, but not the lock.
    await release().catch(() => undefined);
  }
}
