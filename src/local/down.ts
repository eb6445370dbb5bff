import { rmSync } from "node:fs";
import { endRecordedRuns } from "../terraform/run/run-records";
import { lastEmulator, stopEmulator } from "./emulator/emulator";
import { BOOTSTRAP_STATE, DELIVERY_FOLDERS, localFile, TERRAFORM_RUNS } from "./folder";
import { removeOverrides } from "./overrides";
import { removeAllTasks } from "./engine/remove";
import { endProcesses } from "./processes/start";

/**
 * Stops the embedded AWS, and the runs of Terraform that a killed command left in it. Its resources are
 * lost; the stacks lead to the accounts of the configuration again.
 *
 * @returns what was done.
 */
export async function down(outdir: string): Promise<string> {
  const emulator = lastEmulator();
  await endRecordedRuns(localFile(TERRAFORM_RUNS));
  await endProcesses();
  await removeAllTasks();
  if (emulator) await stopEmulator(emulator);
  removeOverrides(outdir);
  for (const name of [BOOTSTRAP_STATE, `${BOOTSTRAP_STATE}.backup`, ...DELIVERY_FOLDERS])
    rmSync(localFile(name), { recursive: true, force: true });
  return emulator ? `The embedded AWS at ${emulator.url} was stopped.` : "No embedded AWS was running.";
}
