import { Failure } from "../../errors";
import { runningEmulator } from "../emulator/emulator";
import { lastProcess, requireProcesses } from "../processes/start";
import { openEmbedded, type Embedded } from "../reconcile/embedded";

/**
 * The embedded AWS that is running, with its processes.
 *
 * @throws Failure if none is running.
 */
export function runningEmbedded(): Embedded {
  if (!runningEmulator())
    throw new Failure("no embedded AWS is running", "to start one: npx codeseries local");
  requireProcesses();
  return openEmbedded(lastProcess("controllers")?.settings.timeFactor ?? 1);
}
