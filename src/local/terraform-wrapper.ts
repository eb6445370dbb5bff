import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { identify } from "../process/process-identity";
import type { Reporter } from "../process/reporter";

/** A file that keeps further runs from starting. */
const STOP = "stop";

/** A resource's error in Terraform's own log. */
const LOGGED_ERROR = /\[ERROR\] vertex "(?<address>\S+)" error: (?<error>.*)/g;

/**
 * `exec` keeps the process's number. Hanging up means nothing to it: cdktf closes Terraform's terminal
 * when it ends, in the middle of an apply if need be, and the state would stay unwritten and locked.
 */
const script = (folder: string) => `#!/bin/sh
test -e '${join(folder, STOP)}' && exit 130
pwd > "${folder}/$$"
trap '' HUP
export TF_LOG=ERROR TF_LOG_PATH="${folder}/$$.log"
exec terraform "$@"
`;

/**
 * Terraform as cdktf runs it: each run is known by its process, so that it can be asked to stop, and
 * waited for, whatever becomes of cdktf.
 */
export class TerraformWrapper {
  /** What cdktf takes for Terraform; its variable is `TERRAFORM_BINARY_NAME`. */
  public readonly program: string;

  /** @param folder A folder of its own; what is in it goes away. */
  constructor(private readonly folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    this.program = join(folder, "terraform");
    writeFileSync(this.program, script(folder));
    chmodSync(this.program, 0o755);
  }

  private get runs(): number[] {
    return readdirSync(this.folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  }

  private get running(): number[] {
    return this.runs.filter((pid) => identify(pid));
  }

  /**
   * What went wrong, a line for each stack and resource. cdktf passes Terraform's words on, but not
   * always all of them: where one of several stacks fails, it may crash before.
   */
  public errors(): string[] {
    return this.runs.flatMap((pid) => {
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
    writeFileSync(join(this.folder, STOP), "");
    for (const pid of this.running) process.kill(pid, "SIGINT");
  }

  /**
   * Waits for the runs that cdktf has left behind. They are not asked to stop: a call to AWS that is
   * broken off may have made something that no state knows.
   */
  public async settle(reporter: Reporter): Promise<void> {
    if (this.running.length > 0)
      reporter.say("cdktf has ended before Terraform; waiting for that to write its states ...");
    while (this.running.length > 0) await wait(100);
  }
}
