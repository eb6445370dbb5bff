import type { Embedded } from "../../../reconcile/embedded";
import { writeHealth } from "../health/write-health";
import type { Group, Target } from "./target";

/**
 * Ends the draining of targets: as soon as none of their requests is in flight, at the latest after the
 * deregistration delay, which is scaled.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
 */
export class Draining {
  private readonly timers = new Map<Target, NodeJS.Timeout>();
  private readonly ending = new Set<Target>();

  constructor(private readonly embedded: Embedded) {}

  /** Looks at the targets that have begun to drain, and forgets those that are gone. */
  public follow(groups: Iterable<Group>): void {
    const draining = new Set<Target>();
    for (const group of groups)
      for (const target of group.targets.values())
        if (target.health.state === "draining") {
          draining.add(target);
          this.wait(group, target);
          this.released(group, target);
        }
    for (const [target, timer] of this.timers)
      if (!draining.has(target)) {
        clearTimeout(timer);
        this.timers.delete(target);
      }
  }

  /** A request of a target has ended. */
  public released(group: Group, target: Target): void {
    if (target.health.state === "draining" && target.inFlight === 0) void this.finish(group, target);
  }

  public end(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private wait(group: Group, target: Target): void {
    if (this.timers.has(target) || target.inFlight === 0) return;
    const { drainingSince, targetId } = target.document.document;
    const delay = group.settings.deregistrationDelaySeconds;
    const end = (drainingSince ?? 0) * 1000 + this.embedded.time.scaled(delay);
    const { say, time } = this.embedded;
    say("elb", `${targetId} drains ${target.inFlight} requests, for at most ${time.told(delay)}`);
    const timer = setTimeout(
      () => {
        target.agent.destroy();
        void this.finish(group, target);
      },
      Math.max(end - Date.now(), 0),
    );
    this.timers.set(target, timer);
  }

  private async finish(group: Group, target: Target): Promise<void> {
    if (this.ending.has(target)) return;
    this.ending.add(target);
    target.health = { state: "unused" };
    await writeHealth(this.embedded, group, target);
    this.ending.delete(target);
  }
}
