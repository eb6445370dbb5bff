import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Embedded } from "../../../reconcile/embedded";
import { isWanted, type Service, type TaskDocument } from "../document";
import { unhealthyTarget } from "../task/reasons";
import { deregistered, unhealthy } from "./events";
import { Targets, targetGroupsOf, type TargetGroup } from "./targets";
import type { Tasks } from "./tasks";

/**
 * A program that starts needs some real time, however short the scaled grace period is. The load balancer calls a
 * target unhealthy after 20 s at the earliest; an alarm that stops a deployment must see that before ECS acts.
 */
const LEAST_GRACE_MS = 30_000;

/** A task whose target is unhealthy. */
interface Replacement {
  readonly task: TaskDocument;
  readonly reason: string;
  readonly event: string;
}

interface GroupOfTaskSet extends TargetGroup {
  readonly taskSet: string;
  readonly targets: readonly TargetHealthDescription[];
}

/** The health of a service's targets, as the load balancer sees it. */
export class TargetHealth {
  /** Milliseconds since the epoch at which the next grace period ends. */
  public readonly nextEnd: number;

  private constructor(
    private readonly embedded: Embedded,
    private readonly service: Service,
    private readonly groups: readonly GroupOfTaskSet[],
    private readonly tasks: Tasks,
  ) {
    const ends = this.unhealthy().map(({ task }) => this.graceEnd(task));
    this.nextEnd = Math.min(Infinity, ...ends.filter((end) => end > Date.now()));
  }

  public static async of(embedded: Embedded, service: Service, tasks: Tasks): Promise<TargetHealth> {
    const targets = new Targets(embedded, service);
    const groups: GroupOfTaskSet[] = [];
    for (const taskSet of service.document.taskSets)
      for (const group of targetGroupsOf(taskSet))
        groups.push({ ...group, taskSet: taskSet.id, targets: await targets.health(group.arn) });
    return new TargetHealth(embedded, service, groups, tasks);
  }

  private stateOf({ targets, port }: GroupOfTaskSet, { address }: TaskDocument) {
    return targets.find(({ Target }) => Target?.Id === address && (Target.Port ?? port) === port)
      ?.TargetHealth;
  }

  private groupsOf(task: TaskDocument): GroupOfTaskSet[] {
    return this.groups.filter(({ taskSet }) => taskSet === task.startedBy);
  }

  /** Whether the targets of a task are healthy; a target group that no listener uses checks nothing. */
  public isHealthy(task: TaskDocument): boolean {
    return this.groupsOf(task).every((group) =>
      ["healthy", "unused"].includes(this.stateOf(group, task)?.State ?? ""),
    );
  }

  private graceEnd({ startedAt }: TaskDocument): number {
    const { healthCheckGracePeriodSeconds } = this.service.document;
    const grace = this.embedded.time.scaled(healthCheckGracePeriodSeconds);
    return (startedAt ?? 0) * 1000 + Math.max(LEAST_GRACE_MS, grace);
  }

  private unhealthy() {
    const { tasks } = this.service.document;
    return tasks
      .filter((task) => isWanted(task) && task.lastStatus === "RUNNING")
      .flatMap((task) =>
        this.groupsOf(task).flatMap((group) => {
          const state = this.stateOf(group, task);
          return state?.State === "unhealthy" ? [{ task, group, state }] : [];
        }),
      );
  }

  /** The tasks that ECS replaces: their grace period is over. */
  public toReplace(): Replacement[] {
    const { name } = this.service.document;
    return this.unhealthy()
      .filter(({ task }) => Date.now() >= this.graceEnd(task))
      .map(({ task, group: { arn, port }, state: { Description, Reason } }) => ({
        task,
        reason: unhealthyTarget(arn),
        event: unhealthy(name, task.startedBy, {
          ...{ port, targetGroup: arn },
          reason: Description ?? Reason ?? "Health checks failed",
        }),
      }));
  }

  /** Deregisters targets that no task owns, as an interrupted end may leave them. */
  public async deregisterUnowned(events: string[]): Promise<void> {
    const { tasks, name } = this.service.document;
    const live = tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED");
    const own = new Set([...this.tasks.addresses, ...live.map(({ address }) => address)]);
    for (const { arn, taskSet, targets } of this.groups)
      for (const { Target, TargetHealth: health } of targets) {
        if (Target?.Id === undefined || own.has(Target.Id) || health?.State === "draining") continue;
        await new Targets(this.embedded, this.service).deregister(arn, Target.Id, Target.Port);
        this.embedded.say("ecs", `target ${Target.Id} of ${name} belongs to no task, and is deregistered`);
        events.push(deregistered(name, taskSet, arn));
      }
  }
}
