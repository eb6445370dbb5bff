import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../../errors";
import { packageFile } from "../../process/package-file";
import { end, identify, isAlive, type ProcessIdentity } from "../../process/process-identity";
import { EMULATOR_LOG, localFile } from "../folder";
import { HOST } from "./port";

const SERVER = packageFile("src/local/moto/server.py");
const RECORD = "emulator.json";

/** moto loads every AWS managed policy first. */
const START_SECONDS = 60;

const SHUTDOWN_GRACE_MS = 10_000;

const POLL_MS = 100;

/** moto lets everybody assume this role, in any account; it does not have to exist. */
export const EMBEDDED_ROLE = "codeseries-embedded-aws";

/** The embedded AWS, as it was started. */
export interface Emulator extends ProcessIdentity {
  readonly url: string;
  /** ISO 8601. */
  readonly since: string;
  /** The user that deploys; its key is not valid anywhere else. */
  readonly operator?: {
    readonly accountId: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
}

/** The embedded AWS, with the user that deploys into it. */
export type OperatedEmulator = Required<Emulator>;

/** The embedded AWS that was started last; it may have exited, or have no operator yet. */
export function lastEmulator(): Emulator | undefined {
  const file = localFile(RECORD);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Emulator;
  } catch {
    throw new Failure(`${file} is not valid JSON; stop the emulator process, then delete the file`);
  }
}

/** The embedded AWS, if it is running and has an operator. */
export function runningEmulator(): OperatedEmulator | undefined {
  const last = lastEmulator();
  return last?.operator && isAlive(last) ? { ...last, operator: last.operator } : undefined;
}

/** Writes the record as a whole, readable only for the user, because it contains the operator's key. */
export function writeRecord(emulator: Emulator): void {
  const file = localFile(RECORD);
  writeFileSync(`${file}.new`, JSON.stringify(emulator, undefined, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const lastLogLine = () => readFileSync(localFile(EMULATOR_LOG), "utf8").trim().split("\n").at(-1) ?? "";

export const emulatorExited = () =>
  new Failure(
    `the embedded AWS exited unexpectedly; its state is lost. Last line of ${localFile(EMULATOR_LOG)}: ${lastLogLine() || "(none)"}`,
  );

/**
 * Starts moto in a process group of its own, so that it outlives the command, and waits until it answers.
 *
 * @throws Failure if it exits, or does not answer within a minute.
 */
export async function startEmulator(python: string, port: number, env: NodeJS.ProcessEnv): Promise<Emulator> {
  const log = openSync(localFile(EMULATOR_LOG), "w");
  const child = spawn(python, [SERVER, "--host", HOST, "--port", String(port)], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...env, CODESERIES_LOCAL_REGISTRY: localFile("registry"), PYTHONDONTWRITEBYTECODE: "1" },
  });
  closeSync(log);
  child.unref();
  const url = `http://${HOST}:${port}`;
  const identity = identify(child.pid ?? 0);
  if (!identity) throw emulatorExited();
  const emulator = { ...identity, url, since: new Date().toISOString() };
  writeRecord(emulator);
  const deadline = Date.now() + START_SECONDS * 1000;
  while (Date.now() < deadline) {
    if (!isAlive(emulator)) throw emulatorExited();
    const answer = await fetch(`${url}/moto-api/`).catch(() => undefined);
    if (answer?.ok) return emulator;
    await wait(POLL_MS);
  }
  await stopEmulator(emulator);
  throw new Failure(
    `the embedded AWS did not answer within ${START_SECONDS} s; see ${localFile(EMULATOR_LOG)}`,
  );
}

/** Stops the embedded AWS and its process group; its state is lost. */
export async function stopEmulator(emulator: Emulator): Promise<void> {
  await end([emulator], "SIGTERM", SHUTDOWN_GRACE_MS);
  rmSync(localFile(RECORD), { force: true });
}
