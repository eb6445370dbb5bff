import {
  DescribeTasksCommand,
  ECSClient,
  SubmitTaskStateChangeCommand,
  type ContainerStateChange,
} from "@aws-sdk/client-ecs";
import { placeOf } from "../../../reconcile/documents";
import { emit } from "../../../reconcile/event";
import type { TaskContext } from "./context";

type Context = Pick<TaskContext, "embedded" | "service" | "task">;

interface Change {
  /** Why it stops. @default - it does not, or the reason is known */
  readonly reason?: string;
  readonly containers?: readonly ContainerStateChange[];
  readonly pullStartedAt?: Date;
  readonly pullStoppedAt?: Date;
  readonly executionStoppedAt?: Date;
}

export const ecsOf = ({ embedded, service }: Omit<Context, "task">) =>
  embedded.clients.asService(ECSClient, placeOf(service));

/** Says which state a task has entered, as the agent of ECS does. ECS tells EventBridge of its end. */
export async function submit(context: Context, status: string, change: Change = {}): Promise<void> {
  const { containers, ...rest } = change;
  await ecsOf(context).send(
    new SubmitTaskStateChangeCommand({
      cluster: context.service.document.cluster,
      task: context.task.arn,
      status,
      ...rest,
      ...(containers && { containers: [...containers] }),
    }),
  );
  if (status === "STOPPED") await tell(context);
}

/**
 * The event has the task as DescribeTasks gives it, with times as text.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
async function tell(context: Context): Promise<void> {
  const { embedded, service, task } = context;
  const find = new DescribeTasksCommand({ cluster: service.document.cluster, tasks: [task.arn] });
  const { tasks: [detail] = [] } = await ecsOf(context).send(find);
  if (!detail) return;
  const type = "ECS Task State Change";
  await emit(embedded, placeOf(service), { source: "aws.ecs", type, resources: [task.arn], detail });
}
