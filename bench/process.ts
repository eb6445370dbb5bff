import { spawnSync } from "node:child_process";

/** Output of a measurement is a few figures, or else every difference of two large stacks. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Runs an entry point in a process of its own, and reads the JSON that it prints. */
export function runEntry(entry: string, args: readonly string[]): unknown {
  const { error, signal, status, stdout } = spawnSync(
    process.execPath,
    ["scripts/run.mjs", `bench/${entry}.ts`, ...args],
    { encoding: "utf8", maxBuffer: MAX_OUTPUT_BYTES, stdio: ["ignore", "pipe", "inherit"] },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`bench/${entry}.ts ended with ${signal ?? String(status)}`);
  return JSON.parse(stdout);
}
