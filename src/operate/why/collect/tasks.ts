import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { DeploymentInfo, ECSTarget } from "@aws-sdk/client-codedeploy";
import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type Service,
  type Task,
} from "@aws-sdk/client-ecs";
import type { Evidence, Log } from "../evidence";
import { tailOf } from "./build";
import type { Reader } from "./reader";

/** Limit of DescribeTasks. */
const TASKS = 100;
const LOG_LINES = 200;
/** Pages of kept events that are searched. */
const MAX_PAGES = 50;

/** The id of the release's task set: a rollback deletes the task set, but not what CodeDeploy noted about it. */
export function taskSetIdOf(
  deployment: DeploymentInfo,
  service: Service | undefined,
  target: ECSTarget | undefined,
): string | undefined {
  const own = service?.taskSets?.find(({ externalId }) => externalId === deployment.deploymentId);
  return own?.id ?? target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === "Green")?.identifer;
}

/** Tasks of a task set that ECS still knows. `startedBy` filters only alone, and only tasks that run. */
async function stoppedTasks(reader: Reader, startedBy: string): Promise<readonly Task[]> {
  const { ecs } = reader.clients.environment;
  const { cluster, service: serviceName } = reader.delivery.names;
  const listed = await reader.try("ecs:ListTasks", () =>
    ecs.send(new ListTasksCommand({ cluster, serviceName, desiredStatus: "STOPPED" })),
  );
  const tasks = (listed?.taskArns ?? []).slice(0, TASKS);
  if (tasks.length === 0) return [];
  const answer = await reader.try("ecs:DescribeTasks", () =>
    ecs.send(new DescribeTasksCommand({ cluster, tasks })),
  );
  return (answer?.tasks ?? []).filter((task) => task.startedBy === startedBy);
}

/** The newest event of each task: EventBridge delivers them at least once, in any order. */
export function tasksInEvents(messages: readonly string[]): Task[] {
  const tasks = messages.flatMap((message) => {
    try {
      const { detail } = JSON.parse(message) as { detail?: Task };
      return detail?.taskArn === undefined ? [] : [detail];
    } catch {
      return [];
    }
  });
  const inOrder = [...tasks].sort((one, other) => (one.version ?? 0) - (other.version ?? 0));
  return [...new Map(inOrder.map((task) => [task.taskArn, task])).values()];
}

/** Stopped tasks of a task set in the log group of kept events. */
async function keptTasks(
  reader: Reader,
  logGroupName: string,
  startedBy: string,
  startTime?: Date,
): Promise<readonly Task[]> {
  const messages: string[] = [];
  await reader.try("logs:FilterLogEvents", async () => {
    let nextToken: string | undefined;
    // A page can be empty although later ones are not.
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await reader.clients.environment.logs.send(
        new FilterLogEventsCommand({
          logGroupName,
          nextToken,
          startTime: startTime?.getTime(),
          filterPattern: `{ $.detail.startedBy = "${startedBy}" && $.detail.lastStatus = "STOPPED" }`,
        }),
      );
      messages.push(...(answer.events ?? []).flatMap(({ message }) => message ?? []));
      nextToken = answer.nextToken;
      if (nextToken === undefined) return;
    }
  });
  return tasksInEvents(messages).filter((task) => task.startedBy === startedBy);
}

/** Whether the log of the application can say why a task stopped. */
const hasLog = ({ stopCode, stoppedReason = "" }: Task) =>
  stopCode === "EssentialContainerExited" || /^Essential container|health checks/.test(stoppedReason);

/** The end of the log of a container that ended, or of the first container of a task that did not become healthy. */
async function readTaskLog(reader: Reader, tasks: readonly Task[]): Promise<Log | undefined> {
  const task = tasks.find(hasLog);
  const { ecs, logs } = reader.clients.environment;
  if (task?.taskDefinitionArn === undefined) return undefined;
  const answer = await reader.try("ecs:DescribeTaskDefinition", () =>
    ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: task.taskDefinitionArn })),
  );
  const ended = task.containers?.find(({ exitCode = 0 }) => exitCode !== 0) ?? task.containers?.[0];
  const container = answer?.taskDefinition?.containerDefinitions?.find(({ name }) => name === ended?.name);
  const { "awslogs-group": group, "awslogs-stream-prefix": prefix } =
    container?.logConfiguration?.options ?? {};
  if (group === undefined || prefix === undefined || container?.name === undefined) return undefined;
  const stream = `${prefix}/${container.name}/${task.taskArn?.split("/").at(-1) ?? ""}`;
  return reader.try("logs:GetLogEvents", () => tailOf(logs, group, stream, LOG_LINES));
}

/**
 * Reads the tasks of a release that stopped, and the log of one.
 *
 * @param keptEvents The log group that keeps the events of tasks.
 */
export async function readTasks(
  reader: Reader,
  taskSetId: string,
  since: Date | undefined,
  keptEvents?: string,
): Promise<Partial<Evidence> & Pick<Evidence, "tasks">> {
  const known = await stoppedTasks(reader, taskSetId);
  const kept =
    known.length > 0 || keptEvents === undefined ? [] : await keptTasks(reader, keptEvents, taskSetId, since);
  const tasks = known.length > 0 ? known : kept;
  if (tasks.length === 0) return { tasks };
  const tasksFrom = known.length > 0 ? "ECS" : "kept events";
  return { tasks, tasksFrom, taskLog: await readTaskLog(reader, tasks) };
}
