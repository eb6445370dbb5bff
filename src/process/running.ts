import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readSync } from "node:fs";
import { constants } from "node:os";
import { StringDecoder } from "node:string_decoder";
import { Failure } from "../errors";

export interface RunOptions {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** The file that both output streams are written to. */
  readonly output: string;
  /** Receives each line of the output. */
  readonly onLine: (line: string) => void;
}

const POLL_MS = 100;

const BUFFER_BYTES = 65_536;

/** Reads the lines that were added to a file since the last call. */
function lineReader(file: string, onLine: (line: string) => void) {
  const descriptor = openSync(file, "r");
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(BUFFER_BYTES);
  let rest = "";
  const read = () => {
    let size: number;
    while ((size = readSync(descriptor, buffer)) > 0) {
      const lines = (rest + decoder.write(buffer.subarray(0, size))).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(onLine);
    }
  };
  const close = () => {
    read();
    closeSync(descriptor);
    if (rest !== "") onLine(rest);
  };
  return { read, close };
}

/**
 * Starts a program in a process group of its own: Ctrl-C at the terminal does not reach it, so that it
 * gets exactly one signal, from us; Terraform abandons its state at a second one. Its output goes to a
 * file and not to a pipe: if we are killed, it can go on writing, and end as it should.
 */
export function start(command: string, args: readonly string[], options: RunOptions) {
  const { cwd, env, output, onLine } = options;
  const target = openSync(output, "w");
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", target, target] });
  closeSync(target);
  const lines = lineReader(output, onLine);
  const timer = setInterval(lines.read, POLL_MS);
  const exit = once(child, "exit") as Promise<[code: number | null, signal: NodeJS.Signals | null]>;
  return {
    pid: child.pid ?? 0,
    /** Its exit code; 128 and the number of the signal if one ended it. */
    ended: exit
      .then(([code, signal]) => code ?? 128 + constants.signals[signal ?? "SIGKILL"])
      .catch((error: unknown) => {
        throw new Failure(`cannot run ${command}: ${(error as Error).message}`);
      })
      .finally(() => {
        clearInterval(timer);
        lines.close();
      }),
    /** Asks it to stop, as Ctrl-C does. */
    interrupt: () => {
      child.kill("SIGINT");
    },
  };
}
