import { StopTaskCommand } from "@aws-sdk/client-ecs";
import { removeNote, taskIds, writeNote, type TaskNote } from "../../../engine/notes";
import { taskId } from "../document";
import { registered } from "../service/events";
import { Targets, targetGroupsOf } from "../service/targets";
import { containersOf, specOf, type TaskContext } from "./context";
import { endTask, essentialsRun } from "./ending";
import { Health } from "./health";
import { launch } from "./launch";
import { sendOutput } from "./logs";
import { CannotStart, ESSENTIAL_EXITED, UNHEALTHY_CONTAINER } from "./reasons";
import { ecsOf, submit } from "./submit";

/** A task of this machine, from its start to its end. */
export class RunningTask {
  public readonly health: Health;
  private phase: "starting" | "running" | "ending" = "starting";
  private starting: Promise<void> | undefined;
  private work: Promise<void> | undefined;
  private wanted = true;

  private constructor(
    private readonly context: TaskContext,
    private readonly onEvent: (message: string) => void,
    private note?: TaskNote,
  ) {
    this.health = new Health(context);
  }

  /** Starts a task. It goes on after the return. */
  public static start(context: TaskContext, onEvent: (message: string) => void): RunningTask {
    const task = new RunningTask(context, onEvent);
    task.starting = task.run();
    return task;
  }

  /** Takes over a task that runs, as its note says. */
  public static adopt(context: TaskContext, note: TaskNote, onEvent: (message: string) => void): RunningTask {
    const task = new RunningTask(context, onEvent, note);
    task.phase = "running";
    return task;
  }

  public get address(): string {
    return this.context.task.address ?? "";
  }

  public get id(): string {
    return taskId(this.context.task.arn);
  }

  /** Waits until it has started or ended, if it is about to. */
  public async settled(): Promise<void> {
    await this.starting;
    await this.work;
  }

  private async run(): Promise<void> {
    const { embedded, engine, service, taskSet } = this.context;
    const began = Date.now();
    try {
      // What an interrupted start has left.
      if (taskIds().includes(this.id)) await engine.remove(this.id);
      await launch(this.context, this.health, () => this.wanted);
      if (!this.wanted) return;
      const endpoints = await engine.endpoints(specOf(this.context));
      const targetGroups = targetGroupsOf(taskSet);
      this.note = { id: this.id, arn: this.context.task.arn, address: this.address, endpoints, targetGroups };
      writeNote(this.note);
      await submit(this.context, "ACTIVATING");
      for (const group of targetGroups) {
        await new Targets(embedded, service).register(group, this.address);
        this.onEvent(registered(service.document.name, taskSet.id, group.arn));
      }
      const containers = containersOf(this.context).map(({ name }) => ({
        containerName: name,
        status: "RUNNING",
      }));
      await submit(this.context, "RUNNING", { containers });
      this.phase = "running";
      embedded.say("ecs", `task ${this.id} of ${service.document.name} runs after ${Date.now() - began} ms`);
    } catch (error) {
      await this.fail(
        error instanceof CannotStart ? error : new CannotStart(`CannotStartContainerError: ${String(error)}`),
      );
    }
  }

  private async fail({ message, container }: CannotStart): Promise<void> {
    const { embedded, engine, service } = this.context;
    this.phase = "ending";
    embedded.say("ecs", `task ${this.id} of ${service.document.name} cannot start: ${message}`);
    this.onEvent(`(service ${service.document.name}) was unable to place a task. Reason: ${message}.`);
    const containers = containersOf(this.context).map(({ name }) => ({
      containerName: name,
      status: "STOPPED",
      ...(name === container && { reason: message }),
    }));
    await engine.remove(this.id).catch(() => undefined);
    removeNote(this.id);
    await submit(this.context, "STOPPED", { reason: message, containers });
  }

  /** Sends its output, checks its health, and stops it if it is broken. @returns whether its health has changed. */
  public async watch(): Promise<boolean> {
    if (this.phase !== "running") return false;
    const { embedded } = this.context;
    await sendOutput(this.context, false).catch((error: unknown) => {
      embedded.say("ecs", `${this.id}: output not sent: ${String(error)}`);
    });
    if (!(await essentialsRun(this.context))) {
      await this.stop(ESSENTIAL_EXITED);
      return false;
    }
    const changed = await this.health.check();
    if (this.health.overall() === "UNHEALTHY") await this.stop(UNHEALTHY_CONTAINER);
    return changed;
  }

  private async stop(reason: string): Promise<void> {
    const { embedded, service, task } = this.context;
    if (!this.wanted) return;
    this.wanted = false;
    embedded.say("ecs", `task ${this.id} of ${service.document.name}: ${reason}`);
    await ecsOf(this.context).send(
      new StopTaskCommand({ cluster: service.document.cluster, task: task.arn, reason }),
    );
  }

  /** Ends it, once. It goes on after the return. */
  public end(): void {
    this.wanted = false;
    if (this.phase === "ending") return;
    this.work = this.ending().catch((error: unknown) => {
      this.context.embedded.say("ecs", `task ${this.id} could not be ended, tried again: ${String(error)}`);
      this.phase = "running";
    });
  }

  private async ending(): Promise<void> {
    await this.starting;
    // Its start has failed, which has ended it.
    if (this.isEnding()) return;
    this.phase = "ending";
    await endTask(this.context, this.note);
    this.context.embedded.say("ecs", `task ${this.id} of ${this.context.service.document.name} has stopped`);
  }

  private readonly isEnding = () => this.phase === "ending";
}
