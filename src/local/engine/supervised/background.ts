import { spawn } from "node:child_process";
import { chmodSync, closeSync, openSync } from "node:fs";
import { identify, isAlive, type ProcessIdentity } from "../../../process/process-identity";
import { readJson, writeWhole } from "../notes";

/**
 * Starts a program that outlives this process, with a JSON document on its standard input, and notes which process
 * it is in `record`. Its output is appended to `log`.
 */
export function startInBackground(
  command: readonly string[],
  input: unknown,
  { log, record }: Readonly<Record<"log" | "record", string>>,
): ProcessIdentity | undefined {
  const [file = "", ...args] = command;
  const output = openSync(log, "a", 0o600);
  // A program that is not root may open /dev/stdout again; the folder keeps others away.
  chmodSync(log, 0o666);
  const child = spawn(file, args, { detached: true, stdio: ["pipe", output, output] });
  closeSync(output);
  child.on("error", () => undefined);
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(JSON.stringify(input));
  child.unref();
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity) writeWhole(record, JSON.stringify(identity));
  return identity;
}

/** The process that is noted, if it is alive. */
export function runningIn(record: string): ProcessIdentity | undefined {
  const identity = readJson(record) as ProcessIdentity | undefined;
  return identity && isAlive(identity) ? identity : undefined;
}

/** Sends a signal to the process that is noted, to its group if it is to be killed. */
export function signalTo(record: string, signal: "SIGTERM" | "SIGKILL"): void {
  const identity = runningIn(record);
  if (!identity) return;
  try {
    process.kill(signal === "SIGKILL" ? -identity.pid : identity.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
