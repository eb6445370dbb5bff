import { existsSync, readFileSync } from "node:fs";
import { Failure } from "../process/failure";
import type { Interruption } from "../process/interruption";
import { isAlive } from "../process/process-identity";
import { obituary, type Emulator } from "./emulator";
import { EMULATOR_LOG, localFile } from "./folder";

const INTERVAL = 250;

/** Operations that were asked for and that moto lacks, from its log. */
function gaps(log: string): string[] {
  return [...log.matchAll(/^embedded AWS has no (\S+)$/gm)].map(([, operation = ""]) => operation);
}

const logText = () => {
  const file = localFile(EMULATOR_LOG);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

/**
 * Looks after the embedded AWS while others work with it: where it dies, or lacks an operation, the work
 * stops at once and the reason is named.
 *
 * @returns what ends the watch.
 */
export function watch(emulator: Emulator, interruption: Interruption): () => void {
  const known = gaps(logText()).length;
  const timer = setInterval(() => {
    if (!isAlive(emulator)) interruption.stop(obituary());
    const [gap] = gaps(logText()).slice(known);
    if (gap !== undefined)
      interruption.stop(
        new Failure(`the embedded AWS has no ${gap}: add it to src/local/moto/, with a test`),
      );
  }, INTERVAL);
  return () => {
    clearInterval(timer);
  };
}
