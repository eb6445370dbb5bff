import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { ContainerState } from "../engine";
import { logFile, taskFolder, taskIds } from "../notes";
import { runningIn, signalTo, startInBackground } from "./background";
import { pythonProgram } from "./programs";

const RECORD = ".process.json";

const recordOf = (task: string, container: string) => join(taskFolder(task), `${container}${RECORD}`);

const pidOf = (task: string, container: string) => join(taskFolder(task), `${container}.pid`);

const exitOf = (task: string, container: string) => join(taskFolder(task), `${container}.exit`);

const POLL_MS = 20;

/** A killed container has this long to end. */
const KILL_MS = 5_000;

/** What a supervised process is: a program with a JSON document as its input, or a container. */
export type Supervised =
  | { readonly command: readonly string[]; readonly input: unknown }
  | { readonly container: unknown };

/**
 * Starts a container as a supervised process.
 *
 * @param within A command that runs the supervisor, such as one that enters namespaces.
 */
export function startSupervised(
  task: string,
  container: string,
  what: Supervised,
  stopSeconds: number,
  within: readonly string[] = [],
): void {
  mkdirSync(taskFolder(task), { recursive: true, mode: 0o700 });
  startInBackground(
    [...within, ...pythonProgram("supervisor")],
    { ...what, stopSeconds, pid: pidOf(task, container), exit: exitOf(task, container) },
    { log: logFile(task, container), record: recordOf(task, container) },
  );
}

const numberIn = (file: string) => (existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined);

/** The containers of a task that were started. */
export const supervisedContainers = (task: string): string[] =>
  existsSync(taskFolder(task))
    ? readdirSync(taskFolder(task)).flatMap((name) =>
        name.endsWith(RECORD) ? [name.slice(0, -RECORD.length)] : [],
      )
    : [];

function stateOf(task: string, container: string): ContainerState {
  const running = runningIn(recordOf(task, container)) !== undefined;
  const exitCode = running ? undefined : numberIn(exitOf(task, container));
  return { task, container, running, ...(exitCode === undefined ? {} : { exitCode }) };
}

/** All supervised containers. */
export const supervisedStates = (): ContainerState[] =>
  taskIds().flatMap((task) => supervisedContainers(task).map((container) => stateOf(task, container)));

/** The process id of a container's first process, as this machine sees it. */
export const containerPid = (task: string, container: string) => numberIn(pidOf(task, container));

export const stopSupervised = (task: string, container: string): void => {
  signalTo(recordOf(task, container), "SIGTERM");
};

/** Kills what still runs of a task. */
export async function killSupervised(task: string): Promise<void> {
  for (const container of supervisedContainers(task)) {
    const record = recordOf(task, container);
    const pid = runningIn(record) && containerPid(task, container);
    if (pid !== undefined)
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended meanwhile.
      }
    for (let passed = 0; runningIn(record) && passed < KILL_MS; passed += POLL_MS) await wait(POLL_MS);
    signalTo(record, "SIGKILL");
  }
}
