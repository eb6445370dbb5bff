import { lastEmulator } from "../../../local/emulator/emulator";
import { EMULATOR_LOG, localFile } from "../../../local/folder";
import { isAlive } from "../../../process/process-identity";
import { defineCommand } from "../../command";

export const STATUS_JSON = '{ "running": boolean, "url": URL, "pid": number, "since": time, "log": file }';

/** Without the URL, PID and time if no embedded AWS was started. */
export function statusData() {
  const emulator = lastEmulator();
  const { pid, since, url } = emulator ?? {};
  return {
    running: emulator !== undefined && isAlive(emulator),
    url,
    pid,
    since,
    log: localFile(EMULATOR_LOG),
  };
}

export const status = defineCommand({
  name: "status",
  summary: "shows whether the embedded AWS is running, since when, and where",
  script: "npm run local -- status",
  json: STATUS_JSON,
  variables: ["CODESERIES_LOCAL"],
  async run({ ui }) {
    const local = await import("../../../local/status");
    ui.result(local.status(), statusData());
  },
});
