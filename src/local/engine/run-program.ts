import { spawn } from "node:child_process";

/** What a program said, and how it ended. */
export interface Outcome {
  /** Undefined if it was killed, by the timeout too. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

interface Settings {
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** Runs a program to its end; after the timeout it is killed with its children. @throws Error if it cannot start. */
export function outcomeOf(
  file: string,
  args: readonly string[],
  { env = process.env, input, timeoutMs }: Settings = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    // A group of its own: a killed nsenter would leave what it started.
    const child = spawn(file, args, { env, detached: true });
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => process.kill(-(child.pid ?? 0), "SIGKILL"), timeoutMs);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? undefined, stdout, stderr });
    });
  });
}

/**
 * The standard output of a program, trimmed.
 *
 * @throws Error with the last lines of its standard error if it fails.
 */
export async function outputOf(file: string, args: readonly string[], settings?: Settings): Promise<string> {
  const { code, stdout, stderr } = await outcomeOf(file, args, settings);
  if (code === 0) return stdout.trim();
  const said = stderr.trim().split("\n").slice(-3).join(" ");
  throw new Error(said || `${file} ${args[0] ?? ""}: ${code === undefined ? "timed out" : `exit ${code}`}`);
}
