import { existsSync, readFileSync } from "node:fs";
import { Failure } from "../../errors";
import type { Interruption } from "../../process/interruption";
import { isAlive } from "../../process/process-identity";
import { emulatorExited, type Emulator } from "./emulator";
import { EMULATOR_LOG, localFile } from "../folder";

const INTERVAL_MS = 250;

/** Requested operations that moto does not have, from its log. */
function gaps(): string[] {
  const file = localFile(EMULATOR_LOG);
  const log = existsSync(file) ? readFileSync(file, "utf8") : "";
  return [...log.matchAll(/^embedded AWS has no (\S+)$/gm)].map(([, operation = ""]) => operation);
}

/**
 * Watches the embedded AWS during a deployment, and stops the deployment with the reason as soon as the
 * embedded AWS exits, or gets a request for an operation that it does not have.
 *
 * @returns how to end the watch.
 */
export function watch(emulator: Emulator, interruption: Interruption): () => void {
  const earlier = gaps().length;
  const timer = setInterval(() => {
    if (!isAlive(emulator)) interruption.stop(emulatorExited());
    const gap = gaps()[earlier];
    if (gap !== undefined)
      interruption.stop(
        new Failure(`the embedded AWS has no ${gap}: add it to src/local/moto/, with a test`),
      );
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
  };
}
