import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Failure } from "./failure";

export interface RunOptions {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes each line of both streams, without colours' meaning: the program writes to no terminal. */
  readonly onLine: (line: string) => void;
}

/** A program at work. */
export interface Running {
  /** Its exit code; 128 and more where a signal ended it. */
  readonly ended: Promise<number>;
  /** Asks it to stop, as Ctrl-C does. */
  readonly interrupt: () => void;
}

/**
 * Starts a program in a process group of its own: Ctrl-C at the terminal does not reach it, so that it is
 * told once, by us. Terraform takes a second word as "leave your state and go".
 */
export function start(command: string, args: readonly string[], options: RunOptions): Running {
  const { cwd, env, onLine } = options;
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", onLine);
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", (error) => {
      reject(new Failure(`${command} cannot be run: ${error.message}`));
    });
    child.on("close", (code) => {
      resolve(code ?? 128);
    });
  });
  return {
    ended,
    interrupt: () => {
      child.kill("SIGINT");
    },
  };
}
