import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { Failure } from "../../errors";
import { packageFile } from "../../process/package-file";
import { end, identify, isAlive, type ProcessIdentity } from "../../process/process-identity";
import { localFile } from "../folder";
import { SETTINGS_VARIABLE, type ProcessSettings } from "./process";

/** The processes that give the embedded AWS hands. */
export const PROCESSES = ["load-balancer", "controllers"] as const;

export type ProcessName = (typeof PROCESSES)[number];

/** A process, as it was started. */
export interface StartedProcess extends ProcessIdentity {
  readonly name: ProcessName;
  readonly settings: ProcessSettings;
}

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

/** The process that was started last; it may have exited. */
export function lastProcess(name: ProcessName): StartedProcess | undefined {
  return existsSync(recordOf(name))
    ? (JSON.parse(readFileSync(recordOf(name), "utf8")) as StartedProcess)
    : undefined;
}

/** The processes that run. */
export const runningProcesses = () =>
  PROCESSES.flatMap((name) => lastProcess(name) ?? []).filter((one) => isAlive(one));

function startProcess(name: ProcessName, settings: ProcessSettings, env: NodeJS.ProcessEnv): void {
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
  writeFileSync(recordOf(name), JSON.stringify({ ...identity, name, settings }));
}

/** Starts the processes, which outlive the command; those that run with these settings go on. */
export async function startProcesses(settings: ProcessSettings, env: NodeJS.ProcessEnv): Promise<void> {
  const running = runningProcesses();
  const outdated = running.filter((one) => !isDeepStrictEqual(one.settings, settings));
  await end(outdated, "SIGTERM", SHUTDOWN_GRACE_MS);
  const kept = running.filter((one) => !outdated.includes(one)).map(({ name }) => name);
  for (const name of PROCESSES) if (!kept.includes(name)) startProcess(name, settings, env);
}

/** @throws Failure if a process has exited, with the last line of its log. */
export function requireProcesses(): void {
  const running = runningProcesses().map(({ name }) => name);
  const [exited] = PROCESSES.filter((name) => !running.includes(name));
  if (exited === undefined) return;
  const last = readFileSync(logOf(exited), "utf8").trim().split("\n").at(-1) ?? "";
  throw new Failure(
    `the process ${exited} of the embedded AWS exited. Last line of ${logOf(exited)}: ${last}`,
  );
}

/** Ends the processes that run. */
export async function endProcesses(): Promise<void> {
  await end(runningProcesses(), "SIGTERM", SHUTDOWN_GRACE_MS);
  for (const name of PROCESSES) rmSync(recordOf(name), { force: true });
}
