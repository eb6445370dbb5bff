import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { ContainerSpec, Image } from "../../../engine/engine";
import { taskFolder } from "../../../engine/notes";
import { taskId } from "../document";
import { containersOf, portsIn, specOf, type TaskContext } from "./context";
import { argumentsOf, environmentOf } from "./environment";
import type { Health } from "./health";
import { pullImage } from "./image";
import { createStreams } from "./logs";
import { endsByItself, nextContainers, type Progress } from "./order";
import { cannotRun, CannotStart, dependencyFailed } from "./reasons";
import { secretsOf } from "../secrets/secrets";
import { submit } from "./submit";

/** ECS waits so long for a container to end before it kills it, unless the task definition says how long. */
const STOP_SECONDS = 30;

/** A program needs some real time to end, however short the scaled one is. */
const LEAST_STOP_SECONDS = 2;

const POLL_MS = 100;

export const stopSeconds = ({ embedded }: TaskContext, { stopTimeout = STOP_SECONDS }: ContainerDefinition) =>
  Math.max(LEAST_STOP_SECONDS, embedded.time.scaled(stopTimeout) / 1000);

/** Pulls the images of a task, one after the other. */
async function pullAll(context: TaskContext): Promise<Map<string, Image>> {
  const images = new Map<string, Image>();
  const pullStartedAt = new Date();
  for (const { name = "", image = "" } of containersOf(context))
    images.set(name, await pullImage(context, image, name));
  const containers = [...images].flatMap(([containerName, { digest }]) =>
    digest === undefined ? [] : [{ containerName, imageDigest: digest }],
  );
  await submit(context, "PENDING", { pullStartedAt, pullStoppedAt: new Date(), containers });
  return images;
}

/** A folder of the task for each volume, which its containers share. */
function mountsOf(context: TaskContext, { mountPoints = [] }: ContainerDefinition) {
  return mountPoints.map(({ sourceVolume = "", containerPath = "", readOnly = false }) => {
    const source = join(taskFolder(taskId(context.task.arn)), "volumes", sourceVolume);
    mkdirSync(source, { recursive: true });
    return { source, path: containerPath, readOnly };
  });
}

async function containerSpec(
  context: TaskContext,
  definition: ContainerDefinition,
  image: Image,
): Promise<ContainerSpec> {
  const { embedded, engine, service, definition: task } = context;
  const { memory, cpu, name = "" } = definition;
  const { region } = service;
  const role = task.taskRoleArn && { roleArn: task.taskRoleArn, sessionName: taskId(context.task.arn) };
  const credentials = role ? await embedded.clients.credentialsOf(role, region)() : undefined;
  const environment = environmentOf({
    image: image.environment,
    variables: definition.environment ?? [],
    secrets: await secretsOf(context, definition),
    region,
    endpoint: engine.urlInside(embedded.endpoint),
    ...(credentials && { credentials }),
  });
  const limit = memory || Number(task.memory ?? 0);
  const cpus = (cpu || Number(task.cpu ?? 0)) / 1024;
  return {
    ...{ name, image, environment },
    arguments: argumentsOf(image, definition),
    user: definition.user || image.user,
    workingDirectory: definition.workingDirectory || image.workingDirectory,
    readonlyRoot: definition.readonlyRootFilesystem ?? false,
    mounts: mountsOf(context, definition),
    stopSeconds: stopSeconds(context, definition),
    ends: endsByItself(containersOf(context), name),
    ports: portsIn(context, definition),
    ...(limit > 0 && { memoryMiB: limit }),
    ...(cpus > 0 && { cpus }),
  };
}

async function progressOf(context: TaskContext, health: Health, started: ReadonlySet<string>) {
  const states = await context.engine.states();
  const own = states.filter(({ task }) => task === taskId(context.task.arn));
  return new Map<string, Progress>(
    [...started].map((name) => {
      const state = own.find(({ container }) => container === name);
      const running = state?.running ?? false;
      return [name, { running, exitCode: state?.exitCode, health: health.of(name) }];
    }),
  );
}

/**
 * Starts the containers of a task in the order of their dependencies, and returns when all are started.
 *
 * @param isWanted Whether the task is still wanted.
 * @throws CannotStart with the reason of ECS.
 */
export async function launch(context: TaskContext, health: Health, isWanted: () => boolean): Promise<void> {
  await submit(context, "PENDING");
  const images = await pullAll(context);
  await createStreams(context);
  const specs = new Map<string, ContainerSpec>();
  for (const definition of containersOf(context)) {
    const image = images.get(definition.name ?? "");
    if (image) specs.set(definition.name ?? "", await containerSpec(context, definition, image));
  }
  const task = specOf(context);
  const { engine, embedded } = context;
  const inward = Number(new URL(embedded.endpoint).port);
  const started = new Set<string>();
  try {
    await engine.open(task, task.ports.includes(inward) ? [] : [inward]);
    while (started.size < specs.size && isWanted()) {
      const next = nextContainers(containersOf(context), await progressOf(context, health, started));
      if (next.failed) throw new CannotStart(dependencyFailed(next.failed.container, next.failed.on));
      for (const name of next.start) {
        const spec = specs.get(name);
        if (spec) await engine.start(task, spec);
        started.add(name);
      }
      if (next.start.length > 0) continue;
      await health.check();
      await wait(POLL_MS);
    }
  } catch (error) {
    throw error instanceof CannotStart ? error : new CannotStart(cannotRun(error));
  }
}
