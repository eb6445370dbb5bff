import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from "node:fs";
import { Failure } from "../../errors";
import { packageFile } from "../../process/package-file";
import { end, identify, readRecord, type ProcessIdentity } from "../../process/process-identity";
import { localFile } from "../folder";
import { SETTINGS_VARIABLE, type ProcessSettings } from "./process";

/** The processes that give the embedded AWS hands. */
export const PROCESSES = ["load-balancer", "controllers"] as const;

export type ProcessName = (typeof PROCESSES)[number];

const SHUTDOWN_GRACE_MS = 10_000;

export const logOf = (name: ProcessName) => localFile(`${name}.log`);

const recordOf = (name: ProcessName) => localFile(`${name}.json`);

/** From its source in the repository, from compiled JavaScript in the package. */
function moduleOf(name: ProcessName): string[] {
  const source = `src/local/processes/${name}.ts`;
  return existsSync(packageFile(source))
    ? [packageFile("scripts/run.mjs"), source]
    : [packageFile(`lib/local/processes/${name}.js`)];
}

/** A process that is running. */
export const runningProcess = (name: ProcessName): ProcessIdentity | undefined => readRecord(recordOf(name));

/** Starts a process that outlives the command, unless it is running. */
export function startProcess(name: ProcessName, settings: ProcessSettings, env: NodeJS.ProcessEnv): void {
  if (runningProcess(name)) return;
  const log = openSync(logOf(name), "a");
  const child = spawn(process.execPath, moduleOf(name), {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...env, [SETTINGS_VARIABLE]: JSON.stringify(settings) },
  });
  closeSync(log);
  child.unref();
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Failure(`${name} exited as soon as it was started; see ${logOf(name)}`);
  writeFileSync(recordOf(name), JSON.stringify(identity));
}

/** Ends the processes that are running. */
export async function endProcesses(): Promise<void> {
  const running = PROCESSES.flatMap((name) => runningProcess(name) ?? []);
  await end(running, "SIGTERM", SHUTDOWN_GRACE_MS);
  for (const name of PROCESSES) rmSync(recordOf(name), { force: true });
}
