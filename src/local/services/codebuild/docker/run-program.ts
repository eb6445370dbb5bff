import { spawn } from "node:child_process";

export interface Output {
  readonly code: number;
  /** Standard output. */
  readonly text: string;
}

export interface Shown {
  /** Keeps standard output to itself. */
  readonly quiet?: boolean;
  /** Changes what is shown. */
  readonly rewrite?: (text: string) => string;
}

/** Runs a program whose output goes on to this one's. */
export function runProgram(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  { quiet = false, rewrite = (text) => text }: Shown = {},
): Promise<Output> {
  const [program = "", ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ["inherit", "pipe", "pipe"] });
    let text = "";
    child.stdout.on("data", (piece: Buffer) => {
      text += String(piece);
      if (!quiet) process.stdout.write(rewrite(String(piece)));
    });
    child.stderr.on("data", (piece: Buffer) => {
      process.stderr.write(rewrite(String(piece)));
    });
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? 1, text });
    });
  });
}
