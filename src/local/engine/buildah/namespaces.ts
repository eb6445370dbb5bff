import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { mkdirSync } from "node:fs";
import { readJson, taskFolder } from "../notes";
import { runningIn, signalTo, startInBackground } from "../supervised/background";
import { pythonProgram } from "../supervised/programs";

interface Ready {
  readonly pid: number;
  readonly ports: Readonly<Record<string, number>>;
}

const POLL_MS = 10;

const START_MS = 10_000;

const recordOf = (task: string) => join(taskFolder(task), "network.record");

const readyOf = (task: string) => join(taskFolder(task), "network.ready");

/**
 * Makes the namespaces of a task, held by a process of their own.
 *
 * @param inward Ports of the machine's 127.0.0.1 that the task reaches.
 * @param outward Ports of the task for which the machine's 127.0.0.1 gets one.
 * @param user Whether to make a user namespace, for who is not root.
 */
export async function makeNamespaces(
  task: string,
  settings: {
    readonly inward: readonly number[];
    readonly outward: readonly number[];
    readonly user: boolean;
  },
): Promise<Ready> {
  mkdirSync(taskFolder(task), { recursive: true, mode: 0o700 });
  const log = join(taskFolder(task), "network.out");
  const input = { ...settings, ready: readyOf(task) };
  startInBackground(pythonProgram("task_network"), input, { log, record: recordOf(task) });
  for (let passed = 0; passed < START_MS; passed += POLL_MS) {
    const ready = namespacesOf(task);
    if (ready) return ready;
    if (passed > 0 && !runningIn(recordOf(task))) break;
    await wait(POLL_MS);
  }
  throw new Error(`the network of the task cannot be made; see ${log}`);
}

/** The namespaces of a task: a process in them, and the ports that lead there. */
export const namespacesOf = (task: string) => readJson(readyOf(task)) as Ready | undefined;

/** Ends the holder; the kernel removes namespaces that nobody is in. */
export const removeNamespaces = (task: string): void => {
  signalTo(recordOf(task), "SIGKILL");
};
