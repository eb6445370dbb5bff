import type { Embedded } from "../../../reconcile/embedded";
import type { Group, Reachable, Target } from "../targets/target";
import { check } from "./check";
import { nextHealth, sameHealth, TIMED_OUT, type Failure } from "./next-health";
import { writeHealth } from "./write-health";

/** Checks are not more frequent, however short an interval is here. */
const LEAST_INTERVAL_MS = 500;

/** An application needs its time, however short a timeout is here. */
const LEAST_TIMEOUT_MS = 1_000;

/** And to start: an alarm about unhealthy targets would roll back a release whose tasks take some seconds. */
const LEAST_START_MS = 20_000;

/** Checks the targets of the load balancer, each at its own interval, and writes what changes. */
export class HealthChecks {
  private readonly timers = new Map<Target, NodeJS.Timeout>();

  constructor(
    private readonly embedded: Embedded,
    private readonly reachable: Reachable,
  ) {}

  /** Begins to check the targets that are new, and ends it for those that are gone. */
  public follow(groups: Iterable<Group>): void {
    const wanted = new Map<Target, Group>();
    for (const group of groups)
      for (const target of group.targets.values()) if (isChecked(group, target)) wanted.set(target, group);
    for (const [target, timer] of this.timers)
      if (!wanted.has(target)) {
        clearTimeout(timer);
        this.timers.delete(target);
      }
    for (const [target, group] of wanted) if (!this.timers.has(target)) this.next(group, target, 0);
  }

  public end(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private next(group: Group, target: Target, afterMs: number): void {
    const timer = setTimeout(() => {
      void this.run(group, target, timer);
    }, afterMs);
    this.timers.set(target, timer);
  }

  private async run(group: Group, target: Target, timer: NodeJS.Timeout): Promise<void> {
    const { healthCheck } = group.settings;
    const began = Date.now();
    const failure = await this.checkOnce(group, target);
    // It was deregistered meanwhile, or is checked by another timer.
    if (this.timers.get(target) !== timer || !isChecked(group, target)) return;
    const starting = began - target.since < LEAST_START_MS;
    const { health, streak } = nextHealth(target, failure, healthCheck, starting);
    target.health = health;
    target.streak = streak;
    if (!sameHealth(health, target.document.document)) await writeHealth(this.embedded, group, target);
    const interval = Math.max(this.embedded.time.scaled(healthCheck.intervalSeconds), LEAST_INTERVAL_MS);
    if (this.timers.get(target) === timer)
      this.next(group, target, Math.max(began + interval - Date.now(), 0));
  }

  private async checkOnce({ settings }: Group, target: Target): Promise<Failure | undefined> {
    const { healthCheck } = settings;
    const { targetId, port } = target.document.document;
    const checked = healthCheck.port === "traffic-port" ? port : Number(healthCheck.port);
    target.address = target.locate() ?? target.address;
    const address = this.reachable(targetId, checked);
    if (!address) return TIMED_OUT;
    const timeout = Math.max(this.embedded.time.scaled(healthCheck.timeoutSeconds), LEAST_TIMEOUT_MS);
    return check(healthCheck, address, `${targetId}:${checked}`, timeout);
  }
}

const isChecked = ({ settings }: Group, { health }: Target) =>
  settings.healthCheck.enabled && health.state !== "draining" && health.state !== "unused";
