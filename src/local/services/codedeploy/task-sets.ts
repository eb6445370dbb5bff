import {
  CreateTaskSetCommand,
  DeleteTaskSetCommand,
  UpdateServicePrimaryTaskSetCommand,
  type Service,
  type TaskSet,
} from "@aws-sdk/client-ecs";
import type { TaskSetInput } from "./model/task-set";
import type { Session } from "./session";

/** Creates the replacement task set. */
export async function createTaskSet(session: Session, input: TaskSetInput): Promise<TaskSet> {
  const { taskSet } = await session.ecs((client) =>
    client.send(new CreateTaskSetCommand({ ...session.named, ...input })),
  );
  if (!taskSet) throw new Error("CreateTaskSet gave no task set");
  return taskSet;
}

/** Makes a task set PRIMARY, unless it is. */
export async function makePrimary(session: Session, service: Service, primaryTaskSet: string): Promise<void> {
  const found = service.taskSets?.find(({ taskSetArn }) => taskSetArn === primaryTaskSet);
  if (found?.status === "PRIMARY") return;
  await session.ecs((client) =>
    client.send(new UpdateServicePrimaryTaskSetCommand({ ...session.named, primaryTaskSet })),
  );
}

/** Deletes a task set with its tasks, unless it is gone. The PRIMARY one is never deleted. */
export async function deleteTaskSet(session: Session, taskSet: string | undefined): Promise<void> {
  const { taskSets = [] } = await session.describeService();
  const found = taskSets.find(({ taskSetArn }) => taskSetArn === taskSet);
  if (!found || found.status === "PRIMARY" || found.status === "DRAINING") return;
  await session.ecs((client) =>
    client.send(new DeleteTaskSetCommand({ ...session.named, taskSet: found.taskSetArn, force: true })),
  );
}
