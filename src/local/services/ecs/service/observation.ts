import { randomUUID } from "node:crypto";
import type { Time } from "../../../reconcile/time";
import { isWanted, type ServiceDocument, type TaskDocument } from "../document";
import { counted, failsConsistently } from "./counts";
import { failing, steady } from "./events";

/** Seconds after which DescribeTasks does not know a stopped task any more. */
const REMEMBERED = 3600;

const isRemembered = ({ stoppedAt }: TaskDocument, time: Pick<Time, "scaled">, now: number) =>
  stoppedAt === null || now < stoppedAt * 1000 + time.scaled(REMEMBERED);

export interface Seen {
  readonly isHealthy: (task: TaskDocument) => boolean;
  readonly healthOf: (task: TaskDocument) => TaskDocument;
  /** New service events, the oldest first. */
  readonly events: readonly string[];
  readonly time: Pick<Time, "scaled">;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A service as the controller has seen it: counts, stability, health, events, and without what is forgotten. */
export function observed(service: ServiceDocument, seen: Seen): ServiceDocument {
  const tasksOf = (id: string) => service.tasks.filter(({ startedBy }) => startedBy === id);
  const taskSets = service.taskSets
    .filter(
      ({ id, status }) =>
        status !== "DRAINING" || tasksOf(id).some(({ lastStatus }) => lastStatus !== "STOPPED"),
    )
    .map((taskSet) => counted(taskSet, tasksOf(taskSet.id), seen.isHealthy));
  const messages = [...seen.events];
  const said = (message: string) => service.events.findIndex((event) => event.message === message);
  const [steadyAt, failingAt] = [said(steady(service.name)), said(failing(service.name))];
  const unsteady = service.taskSets.some(({ stabilityStatus }) => stabilityStatus !== "STEADY_STATE");
  const isSteady = taskSets.every(({ stabilityStatus }) => stabilityStatus === "STEADY_STATE");
  if (unsteady && isSteady) messages.push(steady(service.name));
  const stopped = service.tasks.filter((task) => !isWanted(task));
  const isNew = failingAt < 0 || (steadyAt >= 0 && steadyAt < failingAt);
  if (!isSteady && isNew && failsConsistently(stopped)) messages.push(failing(service.name));
  return {
    ...service,
    taskSets,
    tasks: service.tasks.filter((task) => isRemembered(task, seen.time, seen.now)).map(seen.healthOf),
    events: [...messages.reverse().map((message) => ({ id: randomUUID(), message })), ...service.events],
  };
}

/** Milliseconds since the epoch at which the next stopped task is forgotten. */
export const nextForgotten = ({ tasks }: ServiceDocument, time: Pick<Time, "scaled">) =>
  Math.min(
    Infinity,
    ...tasks.flatMap(({ stoppedAt }) =>
      stoppedAt === null ? [] : [stoppedAt * 1000 + time.scaled(REMEMBERED)],
    ),
  );
