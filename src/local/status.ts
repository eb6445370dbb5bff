import { existsSync, readFileSync } from "node:fs";
import { isAlive } from "../process/process-identity";
import { duration } from "../process/progress";
import { lastEmulator } from "./emulator/emulator";
import { DEPLOY_LOG, EMULATOR_LOG, localFile } from "./folder";

/** Whether the embedded AWS is running, since when, and where. */
export function status(): string {
  const emulator = lastEmulator();
  if (!emulator) return "No embedded AWS is running; to start one: npm run local";
  const { url, pid, since } = emulator;
  const log = localFile(EMULATOR_LOG);
  if (!isAlive(emulator))
    return `The embedded AWS at ${url}, started ${since}, exited unexpectedly; see ${log}. To start another: npm run local`;
  const age = duration(Date.now() - Date.parse(since));
  return `The embedded AWS is running at ${url} since ${since} (${age}), process ${pid}, log ${log}.`;
}

/** Shows the output of the embedded AWS and of the last deployment. */
export function showLogs(show: (text: string) => void): void {
  for (const file of [EMULATOR_LOG, DEPLOY_LOG].map(localFile)) {
    show(`==> ${file} <==`);
    show(existsSync(file) ? readFileSync(file, "utf8").trimEnd() : "(empty)");
  }
}
