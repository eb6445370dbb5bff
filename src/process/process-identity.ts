import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** One process. PIDs are reused, so the start time is part of the identity. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In the format of the operating system. */
  readonly startTime: string;
}

/** State and start time of a process from `/proc/<pid>/stat`. @see proc_pid_stat(5), fields 3 and 22 */
function fromProc(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [fields[0] ?? "", fields[19] ?? ""];
}

function fromPs(pid: number): string[] {
  const env = { ...process.env, LC_ALL: "C" };
  const { stdout } = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { env, encoding: "utf8" });
  const [state = "", ...startTime] = stdout.trim().split(/\s+/);
  return [state, startTime.join(" ")];
}

/** The process that has a PID now; undefined if it has exited. */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    const [state = "", startTime = ""] = process.platform === "linux" ? fromProc(pid) : fromPs(pid);
    return startTime === "" || state.startsWith("Z") ? undefined : { pid, startTime };
  } catch {
    // Without an entry in /proc there is no such process.
    return undefined;
  }
}

export const isAlive = ({ pid, startTime }: ProcessIdentity) => identify(pid)?.startTime === startTime;

/** The process that a file records, if it is alive. */
export function readRecord(file: string): ProcessIdentity | undefined {
  try {
    const record = JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
    return isAlive(record) ? record : undefined;
  } catch {
    // No record, or one that is being written.
    return undefined;
  }
}

const POLL_MS = 100;

/** Asks processes to end; those that have not after a while are killed, with the groups that they lead. */
export async function end(processes: readonly ProcessIdentity[], signal: NodeJS.Signals, graceMs: number) {
  const alive = () => processes.filter(isAlive);
  for (const last of [false, true]) {
    for (const { pid } of alive()) process.kill(last ? -pid : pid, last ? "SIGKILL" : signal);
    for (let passed = 0; passed < graceMs && alive().length > 0; passed += POLL_MS) await wait(POLL_MS);
  }
}
