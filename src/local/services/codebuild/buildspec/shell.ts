import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { BuildProcesses } from "./processes";

/**
 * A command continues where the last one ended: variables, functions, options and folder. So `exit` ends
 * a command and not the build, and a command that kills its shell leaves the state of the one before.
 */
const PRELUDE = String.raw`__save() {
  local __code=$? __name
  {
    for __name in $(compgen -v); do
      case $__name in
        BASH*|FUNCNAME|DIRSTACK|GROUPS|PIPESTATUS|RANDOM|SECONDS|SRANDOM|EPOCH*|LINENO|SHLVL|PPID|UID|EUID|SHELLOPTS|_|__*|CODEBUILD_BUILD_SUCCEEDING) ;;
        *) declare -p "$__name" ;;
      esac
    done
    declare -f
    shopt -p
    set +o
    printf 'cd %q\n' "$PWD"
  } > "$__STATE.new" 2> /dev/null
  mv "$__STATE.new" "$__STATE"
  exit "$__code"
}
[ -e "$__STATE" ] && . "$__STATE"
trap __save EXIT
eval "$(cat "$__COMMAND")"
`;

export interface ShellOptions {
  /** For the shell's own files. */
  readonly folder: string;
  readonly cwd: string;
  /** Amazon Linux's sh is bash in POSIX mode. */
  readonly posix: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (text: Buffer) => void;
  readonly processes: BuildProcesses;
}

const KILLED = 137;

/** How long output is waited for that a command has written when it ended, in milliseconds. */
const DRAIN_MS = 200;

/** The one shell of a build. */
export class Shell {
  private readonly state: string;
  private readonly prelude: string;
  private readonly children: ChildProcess[] = [];

  constructor(private readonly options: ShellOptions) {
    this.state = join(options.folder, "state");
    this.prelude = join(options.folder, "prelude.sh");
    writeFileSync(this.prelude, PRELUDE);
  }

  /** Runs a command, and gives its exit code. What it leaves in the background goes on until `end`. */
  public async run(command: string, env: NodeJS.ProcessEnv): Promise<number> {
    const { cwd, folder, log, posix, processes } = this.options;
    const file = join(folder, "command");
    writeFileSync(file, command);
    const child = spawn("bash", [...(posix ? ["--posix"] : []), this.prelude], {
      cwd,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...this.options.env, ...env, __STATE: this.state, __COMMAND: file },
    });
    this.children.push(child);
    if (child.pid !== undefined) processes.add(child.pid);
    for (const stream of [child.stdout, child.stderr]) stream.on("data", log);
    const closed = new Promise((resolve) => child.once("close", resolve));
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (status) => {
        resolve(status ?? KILLED);
      });
    });
    // A process in the background holds the output open.
    await Promise.race([closed, wait(DRAIN_MS)]);
    return code;
  }

  /** Ends everything that the commands have started and that is still running. */
  public end(): void {
    this.options.processes.kill();
    for (const { stderr, stdout } of this.children) for (const stream of [stdout, stderr]) stream?.destroy();
  }

  /** The value of an exported variable; undefined if there is none. */
  public variable(name: string): string | undefined {
    const script = '. "$1" 2>/dev/null; [ -n "${!2+set}" ] || exit 1; printf %s "${!2}"';
    const { status, stdout } = spawnSync("bash", ["-c", script, "shell", this.state, name], {
      encoding: "utf8",
      env: this.options.env,
    });
    return status === 0 ? stdout : undefined;
  }
}
