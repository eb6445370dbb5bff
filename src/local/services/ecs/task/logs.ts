import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { logFile, readJson, taskFolder, writeWhole } from "../../../engine/notes";
import { taskId } from "../document";
import { containersOf, executionClient, type TaskContext } from "./context";
import { CannotStart, cannotLog } from "./reasons";

/** Bytes of a batch; CloudWatch takes 1 MB, of which each event costs 26 bytes. */
const BATCH_BYTES = 256 * 1024;

interface Stream {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** The log stream of a container; undefined if its output goes elsewhere. */
export function streamOf({ name, logConfiguration }: ContainerDefinition, id: string): Stream | undefined {
  if (logConfiguration?.logDriver !== "awslogs") return undefined;
  const { "awslogs-group": logGroupName = "", "awslogs-stream-prefix": prefix } =
    logConfiguration.options ?? {};
  return { logGroupName, logStreamName: `${prefix ?? "ecs"}/${name ?? ""}/${id}` };
}

/** Whole lines of some output, and how many bytes they are. The rest is a line only if nothing follows. */
export function linesOf(output: Buffer, last: boolean): { lines: string[]; bytes: number } {
  const newline = output.lastIndexOf(0x0a) + 1;
  const full = newline === 0 && output.length === BATCH_BYTES;
  const bytes = last || full ? output.length : newline;
  const lines = output.subarray(0, bytes).toString("utf8").split("\n");
  return { lines: lines.filter((line) => line.trim() !== ""), bytes };
}

/** Creates the log streams of a task. @throws CannotStart with the reason of ECS. */
export async function createStreams(context: TaskContext): Promise<void> {
  for (const container of containersOf(context)) {
    const stream = streamOf(container, taskId(context.task.arn));
    if (!stream) continue;
    try {
      await executionClient(context, CloudWatchLogsClient).send(new CreateLogStreamCommand(stream));
    } catch (error) {
      if (!(error instanceof ResourceAlreadyExistsException)) throw new CannotStart(cannotLog(error));
    }
  }
}

/** Sends what the containers have written since the last call. @param last Whether they have ended. */
export async function sendOutput(context: TaskContext, last: boolean): Promise<void> {
  const id = taskId(context.task.arn);
  for (const container of containersOf(context)) {
    const stream = streamOf(container, id);
    if (stream) await sendNew(context, stream, container.name ?? "", last);
  }
}

async function sendNew(
  context: TaskContext,
  stream: Stream,
  container: string,
  last: boolean,
): Promise<void> {
  const id = taskId(context.task.arn);
  const sent = join(taskFolder(id), `${container}.sent`);
  const file = await open(logFile(id, container)).catch(() => undefined);
  if (!file) return;
  try {
    const { size } = await file.stat();
    let offset = Number(readJson(sent) ?? 0);
    while (offset < size) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(BATCH_BYTES), 0, BATCH_BYTES, offset);
      const { lines, bytes } = linesOf(buffer.subarray(0, bytesRead), last && offset + bytesRead >= size);
      if (bytes === 0) return;
      await put(context, stream, lines);
      offset += bytes;
      writeWhole(sent, String(offset));
    }
  } finally {
    await file.close();
  }
}

async function put(context: TaskContext, stream: Stream, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const timestamp = Date.now();
  const logEvents = lines.map((message) => ({ timestamp, message }));
  await executionClient(context, CloudWatchLogsClient).send(
    new PutLogEventsCommand({ ...stream, logEvents }),
  );
}
