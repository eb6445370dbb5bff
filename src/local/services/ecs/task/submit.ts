import { ECSClient, SubmitTaskStateChangeCommand, type ContainerStateChange } from "@aws-sdk/client-ecs";
import { placeOf } from "../../../reconcile/documents";
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

/** Says which state a task has entered, as the agent of ECS does. */
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
}
