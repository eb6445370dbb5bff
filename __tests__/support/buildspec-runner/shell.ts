import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A command continues where the last one ended: variables, functions, options and folder. So `exit` ends
 * a command and not the build.
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
  readonly log: (text: string) => void;
}

const KILLED = 137;

/** The one shell of a build. */
export class Shell {
  private readonly state: string;
  private readonly prelude: string;

  constructor(private readonly options: ShellOptions) {
    this.state = join(options.folder, "state");
    this.prelude = join(options.folder, "prelude.sh");
    writeFileSync(this.prelude, PRELUDE);
  }

  /** Runs a command, with all that it starts, and gives its exit code. */
  public async run(command: string, env: NodeJS.ProcessEnv): Promise<number> {
    const { cwd, folder, log, posix } = this.options;
    const file = join(folder, "command");
    writeFileSync(file, command);
    const child = spawn("bash", [...(posix ? ["--posix"] : []), this.prelude], {
      cwd,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...this.options.env, ...env, __STATE: this.state, __COMMAND: file },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (piece: Buffer) => {
        log(String(piece));
      });
    return new Promise((resolve) => {
      child.on("exit", (code) => {
        endGroup(child.pid);
        child.once("close", () => {
          resolve(code ?? KILLED);
        });
      });
    });
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

/** What a command left running in the background would hold its output open. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // None is left.
  }
}
