import { setTimeout as wait } from "node:timers/promises";
import { lastProcess } from "../../src/local/processes/start";
import { snapshots, type Snapshot } from "../../src/local/watch/snapshot";
import { loadInProcess } from "./load-process";
import { loadText, requireVersion } from "./load";
import { release, setKind } from "./release";
import { startControllers } from "./processes";
import type { Soaked } from "./system";

/** A point of a release. `at` says whether it is reached. */
interface Point {
  readonly name: string;
  readonly at: (now: Snapshot) => boolean;
}

const stage = ({ stages }: Snapshot, name: RegExp) => stages.find((one) => name.test(one.name))?.status;

/** The task set that takes the place of the other. */
const newTaskSet = ({ groups }: Snapshot) => groups.find(({ taskSet }) => taskSet?.status === "ACTIVE");

export const POINTS: readonly Point[] = [
  { name: "as the execution begins", at: () => true },
  { name: "during the build", at: (now) => stage(now, /^Build$/) === "InProgress" },
  { name: "while green starts", at: (now) => newTaskSet(now)?.taskSet?.running === 0 },
  { name: "in the canary", at: ({ groups }) => groups.some(({ weight }) => weight > 0 && weight < 100) },
  {
    name: "before blue ends",
    at: ({ groups }) =>
      groups.every(({ taskSet }) => taskSet) &&
      groups.some(({ taskSet, weight }) => taskSet?.status === "PRIMARY" && weight === 100) &&
      groups.some(({ taskSet }) => taskSet?.status === "DRAINING" || taskSet?.status === "ACTIVE"),
  },
];

const POLL_MS = 20;

/** How long no controllers run. */
const DOWN_MS = 2_000;

/** Kills the controllers as `kill -9` does, and starts them again as `codeseries local` does. */
async function killControllers(): Promise<void> {
  const controllers = lastProcess("controllers");
  if (!controllers) throw new Error("no controllers run");
  process.kill(controllers.pid, "SIGKILL");
  await wait(DOWN_MS);
  await startControllers(controllers.settings);
}

/** Kills the controllers when the release reaches a point. @throws Error if it does not. */
async function killAt(
  { embedded, delivery }: Soaked,
  { name, at }: Point,
  ended: AbortSignal,
): Promise<void> {
  const read = await snapshots(embedded, delivery);
  const before = (await read()).execution?.id;
  while (!ended.aborted) {
    const now = await read();
    if (now.execution?.status === "InProgress" && now.execution.id !== before && at(now)) {
      await killControllers();
      return;
    }
    await wait(POLL_MS);
  }
  throw new Error(`no moment ${name} was seen`);
}

/** Releases under load, each of which loses its controllers at another point. @returns how many requests failed. */
export async function killsPart(soaked: Soaked, perSecond: number, points = POINTS): Promise<number> {
  let failed = 0;
  await setKind(soaked, "canary");
  for (const [index, point] of points.entries()) {
    const version = `kill-${index + 1}`;
    const end = loadInProcess({ url: soaked.url, perSecond });
    const ended = new AbortController();
    const killed = killAt(soaked, point, ended.signal);
    const released = release(soaked, version).finally(() => {
      ended.abort();
    });
    const [{ seconds }] = await Promise.all([released, killed]);
    await requireVersion(soaked.url, version);
    const load = await end();
    failed += load.failures.length;
    soaked.say(`killed ${point.name}: released in ${seconds.toFixed(0)} s; ${loadText(load)}`);
  }
  return failed;
}
