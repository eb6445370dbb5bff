import type { ContainerDefinition, TaskDefinition } from "@aws-sdk/client-ecs";
import type { ClientClass } from "../../../../aws/embedded-clients";
import type { Recorded } from "../../../../aws/recorded-calls";
import type { Engine, TaskSpec } from "../../../engine/engine";
import type { Embedded } from "../../../reconcile/embedded";
import { taskId, type Service, type TaskDocument, type TaskSetDocument } from "../document";

/** A task that runs, or is to run: whose it is, and what with. */
export interface TaskContext {
  readonly embedded: Embedded;
  readonly engine: Engine;
  readonly service: Service;
  readonly taskSet: TaskSetDocument;
  readonly task: TaskDocument;
  readonly definition: TaskDefinition;
}

/** A client under the task's execution role; the service itself acts for a task without one. */
export function executionClient<Client extends Recorded>(
  context: TaskContext,
  Class: ClientClass<Client>,
): Client {
  const { embedded, service, definition, task } = context;
  const { account: accountId, region } = service;
  if (definition.executionRoleArn === undefined)
    return embedded.clients.asService(Class, { accountId, region });
  const role = { roleArn: definition.executionRoleArn, sessionName: taskId(task.arn) };
  return embedded.clients.asRole(Class, role, region);
}

export const containersOf = ({ definition }: TaskContext) => definition.containerDefinitions ?? [];

export const portsOf = ({ portMappings = [] }: ContainerDefinition) =>
  portMappings.flatMap(({ containerPort }) => containerPort ?? []);

/** What the engine must know of a task. A target group may use a port that no container maps. */
export function specOf(context: TaskContext): TaskSpec {
  const mapped = containersOf(context).flatMap(portsOf);
  const balanced = context.taskSet.loadBalancers.flatMap(({ containerPort }) => containerPort ?? []);
  return { id: taskId(context.task.arn), ports: [...new Set([...mapped, ...balanced])] };
}

/** Whether the task ends with a container. */
export const isEssential = ({ essential }: ContainerDefinition) => essential !== false;
