import { lastEmulator } from "../../../local/emulator/emulator";
import { EMULATOR_LOG, localFile } from "../../../local/folder";
import { isAlive } from "../../../process/process-identity";
import { duration } from "../../../process/progress";
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

function statusText({ running, url, pid, since, log }: ReturnType<typeof statusData>): string {
  if (url === undefined || since === undefined)
    return "No embedded AWS is running; to start one: npx codeseries local";
  if (!running)
    return `The embedded AWS at ${url}, started ${since}, exited unexpectedly; see ${log}. To start another: npx codeseries local`;
  const age = duration(Date.now() - Date.parse(since));
  return `The embedded AWS is running at ${url} since ${since} (${age}), process ${pid}, log ${log}.`;
}

export const status = defineCommand({
  name: "status",
  summary: "shows whether the embedded AWS is running, since when, and where",
  script: "npm run local -- status",
  json: STATUS_JSON,
  variables: ["CODESERIES_LOCAL"],
  run({ ui }) {
    const data = statusData();
    ui.result(statusText(data), data);
    return Promise.resolve();
  },
});
