import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Failure } from "./failure";
import { identify, isAlive, type ProcessIdentity } from "./process-identity";

interface Holder extends ProcessIdentity {
  readonly since: string;
}

function holderOf(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

/** Takes the file if nobody has it: a link is made by one alone. */
function take(file: string, mine: string): boolean {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Puts aside what a process left that has ended; not what another has put there since. */
function clearAway(file: string, left: Holder): void {
  const aside = `${file}.${process.pid}.left`;
  renameSync(file, aside);
  const taken = holderOf(aside);
  if (taken && taken.pid !== left.pid) renameSync(aside, file);
  rmSync(aside, { force: true });
}

/**
 * Runs work that only one process may do at a time. A file says who is at it, and goes when the work
 * ends; where its process was killed, the next one clears it away.
 *
 * @throws Failure where another process is at it.
 */
export async function exclusively<T>(file: string, what: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ ...identify(process.pid), since: new Date().toISOString() }));
  try {
    const left = holderOf(file);
    if (left && !isAlive(left)) clearAway(file, left);
    if (!take(file, mine)) {
      const holder = holderOf(file);
      throw new Failure(
        `another ${what} is at work (process ${holder?.pid ?? "unknown"}, since ${holder?.since ?? "just now"}): wait for its end`,
      );
    }
  } finally {
    rmSync(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
