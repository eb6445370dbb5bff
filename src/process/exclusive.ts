import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Failure } from "./failure";
import { identify, isAlive, type ProcessIdentity } from "./process-identity";

interface Holder extends ProcessIdentity {
  readonly since: string;
}

/** Who a file says is at work; nobody, where it is not there or says nothing. */
function holderOf(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

const isOf = (code: string, error: unknown) => (error as NodeJS.ErrnoException).code === code;

/** Takes the file if nobody has it: a link is made by one alone. */
function take(file: string, mine: string): boolean {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (isOf("EEXIST", error)) return false;
    throw error;
  }
}

/** Puts aside what a dead process left; what a living one has put there since is put back. */
function clearAway(file: string): void {
  const aside = `${file}.${process.pid}.left`;
  try {
    renameSync(file, aside);
  } catch (error) {
    // Another has cleared it away.
    if (isOf("ENOENT", error)) return;
    throw error;
  }
  const holder = holderOf(aside);
  if (holder && isAlive(holder)) take(file, aside);
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
    if (!take(file, mine)) {
      const holder = holderOf(file);
      if (!holder || !isAlive(holder)) clearAway(file);
      if ((holder && isAlive(holder)) || !take(file, mine)) {
        const { pid, since } = holderOf(file) ?? holder ?? { pid: "unknown", since: "just now" };
        throw new Failure(`another ${what} is at work (process ${pid}, since ${since}): wait for its end`);
      }
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
