import { DescribeTaskDefinitionCommand, type TaskDefinition } from "@aws-sdk/client-ecs";
import type { Engine } from "../../../engine/engine";
import { readNotes, removeNote, taskIds, type TaskNote } from "../../../engine/notes";
import type { Embedded } from "../../../reconcile/embedded";
import { isWanted, taskId, type Service, type TaskDocument, type TaskSetDocument } from "../document";
import type { TaskContext } from "../task/context";
import { RunningTask } from "../task/running-task";
import { ecsOf } from "../task/submit";

/** The task set of a task whose own is gone. */
const gone = ({ startedBy, taskDefinition }: TaskDocument): TaskSetDocument => ({
  id: startedBy,
  arn: "",
  status: "DRAINING",
  taskDefinition,
  launchType: "FARGATE",
  networkConfiguration: null,
  loadBalancers: [],
  healthCheckPorts: [],
  computedDesiredCount: 0,
  runningCount: 0,
  pendingCount: 0,
  stabilityStatus: "STABILIZING",
});

/** The tasks of this machine. */
export class Tasks {
  private readonly running = new Map<string, RunningTask>();
  /** Task definitions never change. */
  private readonly definitions = new Map<string, TaskDefinition>();
  private notes: Map<string, TaskNote> | undefined;

  constructor(
    private readonly embedded: Embedded,
    private readonly engine: Engine,
    private readonly onEvent: (service: Service, message: string) => void,
  ) {}

  public of({ arn }: TaskDocument): RunningTask | undefined {
    return this.running.get(arn);
  }

  public get addresses(): string[] {
    return [...this.running.values()].map(({ address }) => address);
  }

  /** Waits until no task is being started or ended. */
  public async settled(): Promise<void> {
    await Promise.all([...this.running.values()].map((task) => task.settled()));
  }

  /** @returns whether the health of a task has changed. */
  public async watch(): Promise<boolean> {
    const changed = await Promise.all([...this.running.values()].map((task) => task.watch()));
    return changed.includes(true);
  }

  private async context(service: Service, task: TaskDocument): Promise<TaskContext> {
    const { embedded, engine } = this;
    const taskSet = service.document.taskSets.find(({ id }) => id === task.startedBy) ?? gone(task);
    const definition = await this.definition(service, task.taskDefinition);
    return { embedded, engine, service, taskSet, task, definition };
  }

  private async definition(service: Service, arn: string): Promise<TaskDefinition> {
    const known = this.definitions.get(arn);
    if (known) return known;
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: arn });
    const { taskDefinition = {} } = await ecsOf({ embedded: this.embedded, service }).send(command);
    this.definitions.set(arn, taskDefinition);
    return taskDefinition;
  }

  /** Brings a task to what is wanted of it: it is started, adopted, or ended. */
  public async reconcile(service: Service, task: TaskDocument): Promise<void> {
    if (task.lastStatus === "STOPPED") {
      this.running.delete(task.arn);
      return;
    }
    const own = this.running.get(task.arn) ?? (await this.take(service, task));
    if (!isWanted(task)) own.end();
  }

  private async take(service: Service, task: TaskDocument): Promise<RunningTask> {
    this.notes ??= new Map(readNotes().map((note) => [note.arn, note]));
    const context = await this.context(service, task);
    const note = this.notes.get(task.arn);
    const onEvent = (message: string) => {
      this.onEvent(service, message);
    };
    // A task that ran and has no note has lost its containers: watch() finds none.
    const lost = {
      id: taskId(task.arn),
      arn: task.arn,
      address: task.address ?? "",
      endpoints: { ports: {} },
    };
    const ran = task.startedAt !== null;
    const taken =
      ran || !isWanted(task)
        ? RunningTask.adopt(context, note ?? { ...lost, targetGroups: [] }, onEvent)
        : RunningTask.start(context, onEvent);
    if (ran && note) this.embedded.say("ecs", `task ${note.id} of ${service.document.name} is adopted`);
    this.running.set(task.arn, taken);
    return taken;
  }

  /** Removes what runs on this machine for tasks that nobody knows. */
  public async removeUnknown(services: readonly Service[]): Promise<void> {
    const known = new Set(services.flatMap(({ document }) => document.tasks.map(({ arn }) => taskId(arn))));
    for (const [arn, { id }] of this.running) if (!known.has(id)) this.running.delete(arn);
    const own = new Set([...taskIds(), ...readNotes().map(({ id }) => id)]);
    for (const id of own) {
      if (known.has(id)) continue;
      this.embedded.say("ecs", `task ${id} belongs to no service, and is removed`);
      await this.engine.remove(id);
      removeNote(id);
    }
  }
}
