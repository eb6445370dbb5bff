import { lastEmulator } from "./emulator";
import { EMULATOR_LOG, localFile } from "./folder";
import { isAlive } from "../process/process-identity";
import { duration } from "../process/reporter";

/** What runs, since when, where. */
export function status(): string {
  const emulator = lastEmulator();
  if (!emulator) return "No embedded AWS is running: npm run local starts it.";
  const { url, pid, since } = emulator;
  const log = localFile(EMULATOR_LOG);
  if (!isAlive(emulator))
    return `The embedded AWS that ran at ${url} since ${since} has ended by itself; see ${log}, then npm run local.`;
  const age = duration(Date.now() - Date.parse(since));
  return `The embedded AWS runs at ${url} since ${since} (${age}), process ${pid}, log ${log}.`;
}
