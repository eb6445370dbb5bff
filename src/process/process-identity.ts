import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** One process. The system gives a number anew, so a number alone is none. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in the system's own words. */
  readonly began: string;
}

/** State and beginning of a process from `/proc/<pid>/stat`. @see proc_pid_stat(5), fields 3 and 22 */
function fromProc(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [fields[0] ?? "", fields[19] ?? ""];
}

function fromPs(pid: number): string[] {
  const env = { ...process.env, LC_ALL: "C" };
  const { stdout } = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { env, encoding: "utf8" });
  const [state = "", ...began] = stdout.trim().split(/\s+/);
  return [state, began.join(" ")];
}

/** The process that has a number now; nothing, where it has ended. */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    const [state = "", began = ""] = process.platform === "linux" ? fromProc(pid) : fromPs(pid);
    return began === "" || state.startsWith("Z") ? undefined : { pid, began };
  } catch {
    // No such entry: no such process.
    return undefined;
  }
}

/** The name of the program that a process runs; nothing, where it has ended. */
export function programOf(pid: number): string | undefined {
  if (!identify(pid)) return undefined;
  if (process.platform === "linux") return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  return basename(spawnSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim());
}

export const isAlive = ({ pid, began }: ProcessIdentity) => identify(pid)?.began === began;
