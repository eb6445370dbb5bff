import { rmSync } from "node:fs";
import { lastEmulator, stopEmulator } from "./emulator";
import { BOOTSTRAP_STATE, localFile, TERRAFORM_RUNS } from "./folder";
import { releaseStacks } from "./redirect";
import { endRuns } from "./terraform-wrapper";

/**
 * Ends the embedded AWS and what a killed deployment left at work in it, and forgets what it held;
 * stacks lead to where the configuration says again.
 *
 * @returns what was done.
 */
export async function down(outdir: string): Promise<string> {
  const emulator = lastEmulator();
  await endRuns(localFile(TERRAFORM_RUNS));
  if (emulator) await stopEmulator(emulator);
  releaseStacks(outdir);
  for (const name of [BOOTSTRAP_STATE, `${BOOTSTRAP_STATE}.backup`]) rmSync(localFile(name), { force: true });
  return emulator ? `The embedded AWS at ${emulator.url} has ended.` : "No embedded AWS was running.";
}
