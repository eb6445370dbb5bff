import { isDeepStrictEqual } from "node:util";
import { RunTaskCommand, StopTaskCommand } from "@aws-sdk/client-ecs";
import type { Embedded } from "../../../reconcile/embedded";
import { StaleDocument } from "../../../reconcile/documents";
import { ECS_SERVICE, isWanted, taskId, type Service, type TaskSetDocument } from "../document";
import { scalingActivity } from "../task/reasons";
import { ecsOf } from "../task/submit";
import { difference, notBefore } from "./counts";
import { started, stopped } from "./events";
import { nextForgotten, observed } from "./observation";
import { keepWithinLimits } from "./scaling";
import { TargetHealth } from "./target-health";
import type { Tasks } from "./tasks";

/** Tasks that one call of RunTask starts at most. */
const RUN_TASK_LIMIT = 10;

/** Brings the tasks of a service to what is wanted, and writes what it has seen. */
export class ServiceReconciliation {
  private acted = false;
  /** Milliseconds since the epoch at which something is to be done although nothing has changed. */
  private due = Infinity;

  constructor(
    private readonly embedded: Embedded,
    private readonly tasks: Tasks,
    private readonly service: Service,
    private readonly events: string[],
  ) {}

  /** @returns when it is due again, in milliseconds since the epoch. */
  public async run(): Promise<number> {
    const { document } = this.service;
    if (await keepWithinLimits(this.embedded, this.service)) return this.due;
    for (const task of document.tasks) await this.tasks.reconcile(this.service, task);
    for (const taskSet of document.taskSets) await this.scale(taskSet);
    await this.stopOrphans();
    const health = await TargetHealth.of(this.embedded, this.service, this.tasks);
    await health.deregisterUnowned(this.events);
    for (const { task, reason, event } of health.toReplace()) {
      this.events.push(event);
      await this.stop([task.arn], reason);
    }
    this.due = Math.min(this.due, health.nextEnd, nextForgotten(document, this.embedded.time));
    if (!this.acted) await this.write(health);
    return this.due;
  }

  private async scale(taskSet: TaskSetDocument): Promise<void> {
    const { name, tasks } = this.service.document;
    const own = tasks.filter(({ startedBy }) => startedBy === taskSet.id);
    const { start, stop } = difference(taskSet.computedDesiredCount, own);
    if (stop.length > 0) {
      await this.stop(stop, scalingActivity(taskSet.id));
      this.events.push(stopped(name, taskSet.id, stop.map(taskId)));
    }
    if (start === 0) return;
    const earliest = notBefore(own, this.embedded.time);
    if (Date.now() < earliest) this.due = Math.min(this.due, earliest);
    else await this.start(taskSet, Math.min(start, RUN_TASK_LIMIT));
  }

  private async start(taskSet: TaskSetDocument, count: number): Promise<void> {
    const { name, cluster } = this.service.document;
    const { tasks = [] } = await ecsOf({ embedded: this.embedded, service: this.service }).send(
      new RunTaskCommand({
        ...{ cluster, count },
        taskDefinition: taskSet.taskDefinition,
        launchType: "FARGATE",
        startedBy: taskSet.id,
        group: `service:${name}`,
        ...(taskSet.networkConfiguration && { networkConfiguration: taskSet.networkConfiguration }),
      }),
    );
    this.acted = true;
    this.events.push(
      started(
        name,
        taskSet.id,
        tasks.map(({ taskArn = "" }) => taskId(taskArn)),
      ),
    );
  }

  /** Tasks of task sets that are gone. */
  private async stopOrphans(): Promise<void> {
    const { taskSets, tasks } = this.service.document;
    const orphans = tasks.filter(
      (task) => isWanted(task) && !taskSets.some(({ id }) => id === task.startedBy),
    );
    for (const { arn, startedBy } of orphans) await this.stop([arn], scalingActivity(startedBy));
  }

  private async stop(tasks: readonly string[], reason: string): Promise<void> {
    const { cluster } = this.service.document;
    for (const task of tasks)
      await ecsOf({ embedded: this.embedded, service: this.service }).send(
        new StopTaskCommand({ cluster, task, reason }),
      );
    this.acted = true;
  }

  private async write(health: TargetHealth): Promise<void> {
    const { document } = this.service;
    const events = this.events.splice(0);
    const { time, documents } = this.embedded;
    const seen = observed(document, {
      isHealthy: (task) => health.isHealthy(task) && this.tasks.of(task)?.health.isGood() !== false,
      healthOf: (task) => this.tasks.of(task)?.health.withHealth(task) ?? task,
      ...{ events, time, now: Date.now() },
    });
    // As JSON: a property that is undefined is not in a document.
    if (isDeepStrictEqual(JSON.parse(JSON.stringify(seen)), document)) return;
    try {
      await documents.write(ECS_SERVICE, this.service, seen);
    } catch (error) {
      // It is read again because it has changed.
      this.events.unshift(...events);
      if (!(error instanceof StaleDocument)) throw error;
    }
  }
}
