import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { identify, isAlive, type ProcessIdentity } from "../../../../process/process-identity";

/**
 * The processes of a build's commands. Each command leads a process group, which a file notes: a later process can
 * end what a build has left that was cut off. A process that left its group is found by its environment (Linux).
 */
export class BuildProcesses {
  private readonly groups: ProcessIdentity[];

  /**
   * @param file Notes the groups, as JSON.
   * @param mark A variable as `NAME=value`, which only this build's commands have.
   */
  constructor(
    private readonly file: string,
    private readonly mark: string,
  ) {
    this.groups = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity[]) : [];
  }

  /** Notes the group that a command leads. */
  public add(pid: number): void {
    const identity = identify(pid);
    if (identity) this.groups.push(identity);
    writeFileSync(this.file, JSON.stringify(this.groups));
  }

  /** Kills all of them at once. */
  public kill(): void {
    const marked = this.marked();
    for (const group of this.groups) if (isAlive(group)) killQuietly(-group.pid);
    for (const pid of marked) killQuietly(pid);
    // One that a process has started meanwhile.
    for (const pid of this.marked()) killQuietly(pid);
    this.groups.length = 0;
    rmSync(this.file, { force: true });
  }

  private marked(): number[] {
    if (!existsSync("/proc/self/environ")) return [];
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return pids.filter((pid) => environmentOf(pid).includes(this.mark)).map(Number);
  }
}

/** The variables that a process was started with; none if it has ended or belongs to another user. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
