import { lastEmulator } from "../../../local/emulator/emulator";
import { chooseEngine } from "../../../local/engine/kind";
import { EMULATOR_LOG, localFile } from "../../../local/folder";
import { lastProcess, logOf, PROCESSES, type ProcessName } from "../../../local/processes/start";
import { isAlive } from "../../../process/process-identity";
import { duration } from "../../../process/progress";
import { defineCommand } from "../../command";

export const STATUS_JSON =
  '{ "running": boolean, "url": URL, "pid": number, "since": time, "log": file, "engine": { "name", "why" }, "timeFactor": number, "processes": [{ "name", "running": boolean, "pid", "log" }] }';

function processData(name: ProcessName) {
  const started = lastProcess(name);
  return { name, running: started !== undefined && isAlive(started), pid: started?.pid, log: logOf(name) };
}

/** The engine that is used; the one that would be if nothing runs. */
function engineData() {
  const { settings } = lastProcess("controllers") ?? {};
  const chosen = chooseEngine();
  if (settings === undefined || settings.engine === chosen.name) return chosen;
  return { name: settings.engine, why: "it was chosen with --engine" };
}

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
    engine: engineData(),
    timeFactor: lastProcess("controllers")?.settings.timeFactor,
    processes: PROCESSES.map(processData),
  };
}

function processText({ name, running, pid, log }: ReturnType<typeof processData>): string {
  const state = running ? `process ${pid ?? ""}` : "not running; to start it: npx codeseries local";
  return `${name}: ${state}, log ${log}`;
}

function statusText({ running, url, pid, since, log, ...more }: ReturnType<typeof statusData>): string {
  if (url === undefined || since === undefined)
    return "No embedded AWS is running; to start one: npx codeseries local";
  if (!running)
    return `The embedded AWS at ${url}, started ${since}, exited unexpectedly; see ${log}. To start another: npx codeseries local`;
  const age = duration(Date.now() - Date.parse(since));
  const { engine, processes, timeFactor = 1 } = more;
  const time = timeFactor === 1 ? "as long as in AWS" : `${timeFactor} times shorter than in AWS`;
  return [
    `The embedded AWS is running at ${url} since ${since} (${age}), process ${pid}, log ${log}.`,
    ...processes.map(processText),
    `engine: ${engine.name}, because ${engine.why}`,
    `waits: ${time}`,
  ].join("\n");
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
