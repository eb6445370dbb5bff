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

const portsOf = ({ portMappings = [] }: ContainerDefinition) =>
  portMappings.flatMap(({ containerPort }) => containerPort ?? []);

/** What the engine must know of a task. A target group may use, or check, a port that no container maps. */
export function specOf(context: TaskContext): TaskSpec {
  const { healthCheckPorts, loadBalancers } = context.taskSet;
  const mapped = containersOf(context).flatMap(portsOf);
  const balanced = loadBalancers.flatMap(({ containerPort }) => containerPort ?? []);
  return { id: taskId(context.task.arn), ports: unique([...mapped, ...balanced, ...healthCheckPorts]) };
}

/** The ports on which a container answers: those of the task, if it is the only one. */
export function portsIn(context: TaskContext, container: ContainerDefinition): number[] {
  if (containersOf(context).length === 1) return [...specOf(context).ports];
  const { healthCheckPorts, loadBalancers } = context.taskSet;
  const isBalanced = loadBalancers.some(({ containerName }) => containerName === container.name);
  return unique([...portsOf(container), ...(isBalanced ? healthCheckPorts : [])]);
}

const unique = (ports: readonly number[]) => [...new Set(ports)];

/** Whether the task ends with a container. */
export const isEssential = ({ essential }: ContainerDefinition) => essential !== false;
