import { existsSync, readFileSync } from "node:fs";
import { DEPLOY_LOG, EMULATOR_LOG, localFile } from "./folder";

/** Shows what the embedded AWS and the last deployment said. */
export function showLogs(show: (text: string) => void): void {
  for (const file of [EMULATOR_LOG, DEPLOY_LOG].map(localFile)) {
    show(`==> ${file} <==`);
    show(existsSync(file) ? readFileSync(file, "utf8").trimEnd() : "(nothing yet)");
  }
}
