import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../process/failure";
import { packageFile } from "../process/package-file";
import { identify, isAlive, type ProcessIdentity } from "../process/process-identity";
import { EMULATOR_LOG, localFile } from "./folder";
import type { AccessKey } from "./operator";
import { HOST } from "./port";

const SERVER = packageFile("src/local/moto/server.py");
const RECORD = "emulator.json";

/** moto loads every AWS managed policy first. */
const START_SECONDS = 60;
const STOP_SECONDS = 10;

/** The embedded AWS, as it was started. */
export interface Emulator extends ProcessIdentity {
  readonly url: string;
  /** ISO 8601. */
  readonly since: string;
}

/** The embedded AWS, and who deploys into it. */
export interface OperatedEmulator extends Emulator {
  readonly operator: AccessKey;
}

/** The embedded AWS that was started last, dead or alive, with or without its operator. */
export function lastEmulator(): (Emulator & Partial<OperatedEmulator>) | undefined {
  const file = localFile(RECORD);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as OperatedEmulator;
  } catch {
    throw new Failure(`${file} says nothing that can be read: end what runs by hand, and delete it`);
  }
}

/** The embedded AWS that runs now. */
export function runningEmulator(): OperatedEmulator | undefined {
  const last = lastEmulator();
  return last?.operator && isAlive(last) ? { ...last, operator: last.operator } : undefined;
}

/** Only the user who runs it may read its key; nobody finds half of it. */
export function remember(emulator: Emulator): void {
  const file = localFile(RECORD);
  writeFileSync(`${file}.new`, JSON.stringify(emulator, undefined, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const lastWords = () => readFileSync(localFile(EMULATOR_LOG), "utf8").trim().split("\n").at(-1) ?? "";

/** Why it is gone, as far as its log says. */
export const obituary = () =>
  new Failure(
    `the embedded AWS has ended by itself, and forgot everything; its last words in ${localFile(EMULATOR_LOG)}: ${lastWords() || "none"}`,
  );

/**
 * Starts moto in a process group of its own, so that it outlives the command, and waits for its answer.
 *
 * @throws Failure where it ends, or does not answer in a minute.
 */
export async function startEmulator(python: string, port: number, env: NodeJS.ProcessEnv): Promise<Emulator> {
  const log = openSync(localFile(EMULATOR_LOG), "w");
  const child = spawn(python, [SERVER, "--host", HOST, "--port", String(port)], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  closeSync(log);
  child.unref();
  const url = `http://${HOST}:${port}`;
  const identity = identify(child.pid ?? 0);
  if (!identity) throw obituary();
  const emulator = { ...identity, url, since: new Date().toISOString() };
  remember(emulator);
  const deadline = Date.now() + START_SECONDS * 1000;
  while (Date.now() < deadline) {
    if (!isAlive(emulator)) throw obituary();
    const answer = await fetch(`${url}/moto-api/`).catch(() => undefined);
    if (answer?.ok) return emulator;
    await wait(100);
  }
  await stopEmulator(emulator);
  throw new Failure(
    `the embedded AWS did not answer within ${START_SECONDS} s; see ${localFile(EMULATOR_LOG)}`,
  );
}

/** Ends the embedded AWS and its process group; everything in it is gone. */
export async function stopEmulator(emulator: Emulator): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (isAlive(emulator)) process.kill(-emulator.pid, signal);
    for (let passed = 0; passed < STOP_SECONDS * 10 && isAlive(emulator); passed++) await wait(100);
  }
  rmSync(localFile(RECORD), { force: true });
}
