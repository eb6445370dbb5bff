import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { programOf } from "../process/process-identity";
import type { Reporter } from "../process/reporter";

/** A file that keeps further runs from starting. */
const STOP = "stop";

const PROGRAM = "terraform";

/** Milliseconds that a run has to write its state when nobody needs that any more. */
const LAST_WORDS = 5_000;

/** A resource's error in Terraform's own log. */
const LOGGED_ERROR = /\[ERROR\] vertex "(?<address>\S+)" error: (?<error>.*)/g;

/**
 * `exec` keeps the process's number. Hanging up means nothing to it: cdktf closes Terraform's terminal
 * when it ends, in the middle of an apply if need be, and the state would stay unwritten and locked.
 */
const SCRIPT = `#!/bin/sh
folder=$(dirname "$0")
pwd > "$folder/$$"
test -e "$folder/${STOP}" && exit 130
trap '' HUP
export TF_LOG=ERROR TF_LOG_PATH="$folder/$$.log"
exec ${PROGRAM} "$@"
`;

/** The runs of Terraform whose notes are in a folder. */
const runsIn = (folder: string) =>
  (existsSync(folder) ? readdirSync(folder) : []).filter((name) => /^\d+$/.test(name)).map(Number);

/** Those that are at work: a number may be another program's by now. */
const running = (folder: string) => runsIn(folder).filter((pid) => programOf(pid) === PROGRAM);

/** Asks every run to stop, as Ctrl-C does, and lets no other begin. */
function interruptRuns(folder: string): void {
  writeFileSync(join(folder, STOP), "");
  for (const pid of running(folder)) process.kill(pid, "SIGINT");
}

/** Ends the runs that a killed command left at work, with what they work on. */
export async function endRuns(folder: string): Promise<void> {
  if (running(folder).length === 0) return;
  interruptRuns(folder);
  for (let passed = 0; passed < LAST_WORDS && running(folder).length > 0; passed += 100) await wait(100);
  for (const pid of running(folder)) process.kill(pid, "SIGKILL");
}

/**
 * Terraform as cdktf runs it: each run is known by its process, so that it can be asked to stop, and
 * waited for, whatever becomes of cdktf.
 */
export class TerraformWrapper {
  /** What cdktf takes for Terraform; its variable is `TERRAFORM_BINARY_NAME`. */
  public readonly program: string;

  /** @param folder A folder of its own; notes of earlier runs in it go away. */
  constructor(private readonly folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    this.program = join(folder, PROGRAM);
    writeFileSync(this.program, SCRIPT);
    chmodSync(this.program, 0o755);
  }

  /**
   * What went wrong, a line for each stack and resource. cdktf passes Terraform's words on, but not
   * always all of them: where one of several stacks fails, it may crash before.
   */
  public errors(): string[] {
    return runsIn(this.folder).flatMap((pid) => {
      const log = join(this.folder, `${pid}.log`);
      if (!existsSync(log)) return [];
      const stack = basename(readFileSync(join(this.folder, String(pid)), "utf8").trim());
      const found = readFileSync(log, "utf8").matchAll(LOGGED_ERROR);
      return [...found].map(
        ({ groups }) => `${stack}: Error: ${groups?.error ?? ""}, with ${groups?.address ?? ""}`,
      );
    });
  }

  /** Asks every run to stop, as Ctrl-C does, and lets no other begin. */
  public interrupt(): void {
    interruptRuns(this.folder);
  }

  /**
   * Waits for the runs that cdktf has left behind. They are not asked to stop: a call to AWS that is
   * broken off may have made something that no state knows.
   */
  public async settle(reporter: Reporter): Promise<void> {
    if (running(this.folder).length > 0)
      reporter.say("cdktf has ended before Terraform; waiting for that to write its states ...");
    while (running(this.folder).length > 0) await wait(100);
  }
}
