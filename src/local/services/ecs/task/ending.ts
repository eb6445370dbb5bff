import type { ContainerStateChange } from "@aws-sdk/client-ecs";
import { setTimeout as wait } from "node:timers/promises";
import { removeNote, writeNote, type TaskNote } from "../../../engine/notes";
import { Targets } from "../service/targets";
import { taskId } from "../document";
import { containersOf, isEssential, type TaskContext } from "./context";
import { stopSeconds } from "./launch";
import { sendOutput } from "./logs";
import { submit } from "./submit";

const POLL_MS = 50;

/** Milliseconds after SIGKILL in which a container must be gone. */
const KILLED_MS = 5_000;

async function statesOf({ engine, task }: TaskContext) {
  const id = taskId(task.arn);
  return (await engine.states()).filter((state) => state.task === id);
}

/** Whether all essential containers of a task run. */
export async function essentialsRun(context: TaskContext): Promise<boolean> {
  const states = await statesOf(context);
  const essential = containersOf(context).filter(isEssential);
  return essential.every(({ name }) =>
    states.some(({ container, running }) => container === name && running),
  );
}

/**
 * Deregisters the targets of a task. One that still answers is waited for; the note keeps the end of the wait,
 * so that a restart waits for the rest only.
 */
async function drain(context: TaskContext, note: TaskNote, answers: boolean): Promise<void> {
  const { embedded, service } = context;
  const targets = new Targets(embedded, service);
  let { drainedAt } = note;
  if (drainedAt === undefined) {
    let seconds = 0;
    for (const { arn, port } of note.targetGroups) {
      await targets.deregister(arn, note.address, port).catch((error: unknown) => {
        embedded.say("ecs", `${note.id}: not deregistered: ${String(error)}`);
      });
      if (answers) seconds = Math.max(seconds, await targets.delay(arn).catch(() => 0));
    }
    drainedAt = Date.now() + embedded.time.scaled(seconds);
    writeNote({ ...note, drainedAt });
    if (seconds > 0) embedded.say("ecs", `task ${note.id} drains for ${embedded.time.told(seconds)}`);
  }
  await wait(Math.max(0, drainedAt - Date.now()));
}

async function stopContainers(context: TaskContext): Promise<void> {
  const id = taskId(context.task.arn);
  const longest = Math.max(0, ...containersOf(context).map((one) => stopSeconds(context, one)));
  for (const container of containersOf(context))
    await context.engine.stop(id, container.name ?? "", stopSeconds(context, container));
  const deadline = Date.now() + longest * 1000 + KILLED_MS;
  while (Date.now() < deadline && (await statesOf(context)).some(({ running }) => running))
    await wait(POLL_MS);
}

/** Ends a task: its targets, its containers, its network. @param note Undefined if it never ran. */
export async function endTask(context: TaskContext, note: TaskNote | undefined): Promise<void> {
  const id = taskId(context.task.arn);
  if (note) {
    const answers = await essentialsRun(context);
    if (note.targetGroups.length > 0) {
      await submit(context, "DEACTIVATING");
      await drain(context, note, answers);
    }
    await submit(context, "STOPPING");
    await stopContainers(context);
    await sendOutput(context, true).catch((error: unknown) => {
      context.embedded.say("ecs", `${id}: output not sent: ${String(error)}`);
    });
  }
  const containers = (await statesOf(context)).map(({ container, exitCode }): ContainerStateChange => ({
    containerName: container,
    status: "STOPPED",
    ...(exitCode === undefined ? {} : { exitCode }),
  }));
  await submit(context, "DEPROVISIONING", { executionStoppedAt: new Date() });
  await context.engine.remove(id);
  await submit(context, "STOPPED", { containers });
  removeNote(id);
}
