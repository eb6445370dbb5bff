import type { HealthCheck } from "@aws-sdk/client-ecs";
import { containersOf, type TaskContext } from "./context";
import { taskId, type TaskDocument } from "../document";

export type HealthStatus = "HEALTHY" | "UNHEALTHY" | "UNKNOWN";

/** AWS's defaults, in seconds. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const DEFAULTS = { interval: 30, timeout: 5, retries: 3, startPeriod: 0 };

/** A check that takes a second in AWS may not be quicker here. */
const LEAST_TIMEOUT_MS = 1_000;

/** A program needs some real time to start, however short the scaled one is. */
const LEAST_START_MS = 5_000;

/** Each check starts a process. */
const LEAST_INTERVAL_MS = 500;

/** The command of a health check; undefined if it checks nothing. */
export function commandOf({ command = [] }: HealthCheck): string[] | undefined {
  const [kind, ...rest] = command;
  if (kind === undefined || kind === "NONE") return undefined;
  if (kind === "CMD-SHELL") return ["/bin/sh", "-c", rest.join(" ")];
  return kind === "CMD" ? rest : [...command];
}

interface Checked {
  status: HealthStatus;
  failures: number;
  /** Milliseconds since the epoch. */
  next: number;
}

/** The health checks of a task's containers. */
export class Health {
  private readonly checked = new Map<string, Checked>();
  private readonly begun = Date.now();
  private running = false;

  constructor(private readonly context: TaskContext) {}

  public of(container: string): HealthStatus {
    return this.checked.get(container)?.status ?? "UNKNOWN";
  }

  /** The containers that have a health check. */
  private checks() {
    return containersOf(this.context).flatMap(({ name = "", healthCheck }) => {
      const command = healthCheck && commandOf(healthCheck);
      return healthCheck && command
        ? [{ name, command, settings: { ...DEFAULTS, ...defined(healthCheck) } }]
        : [];
    });
  }

  /** The health of the task: that of its containers that have a check. */
  public overall(): HealthStatus {
    const all = this.checks().map(({ name }) => this.of(name));
    if (all.includes("UNHEALTHY")) return "UNHEALTHY";
    return all.length > 0 && all.every((one) => one === "HEALTHY") ? "HEALTHY" : "UNKNOWN";
  }

  /** Whether no check of a container is open or has failed. */
  public isGood(): boolean {
    return this.checks().length === 0 || this.overall() === "HEALTHY";
  }

  /** A task with the health of its containers. */
  public withHealth(task: TaskDocument): TaskDocument {
    const containers = task.containers.map(({ name }) => ({ name, healthStatus: this.of(name) }));
    return { ...task, healthStatus: this.overall(), containers };
  }

  /** Runs the checks that are due, one after the other. @returns whether the health of a container has changed. */
  public async check(): Promise<boolean> {
    if (this.running) return false;
    this.running = true;
    try {
      let changed = false;
      for (const one of this.checks()) changed = (await this.checkOne(one)) || changed;
      return changed;
    } finally {
      this.running = false;
    }
  }

  /** Whether a failure counts: the start period is over, or it has been healthy. */
  private hasStarted({ status }: Checked, startPeriod: number): boolean {
    const period = Math.max(LEAST_START_MS, this.context.embedded.time.scaled(startPeriod));
    return status === "HEALTHY" || Date.now() >= this.begun + period;
  }

  private async checkOne({
    name,
    command,
    settings,
  }: ReturnType<Health["checks"]>[number]): Promise<boolean> {
    const { engine, embedded, task } = this.context;
    const checked = this.checked.get(name) ?? { status: "UNKNOWN", failures: 0, next: 0 };
    this.checked.set(name, checked);
    if (Date.now() < checked.next) return false;
    const before = checked.status;
    const timeout = Math.max(LEAST_TIMEOUT_MS, embedded.time.scaled(settings.timeout));
    const code = await engine.execute(taskId(task.arn), name, command, timeout);
    checked.next = Date.now() + Math.max(LEAST_INTERVAL_MS, embedded.time.scaled(settings.interval));
    if (code === 0) Object.assign(checked, { status: "HEALTHY", failures: 0 });
    else if (this.hasStarted(checked, settings.startPeriod)) checked.failures += 1;
    if (checked.failures >= settings.retries) checked.status = "UNHEALTHY";
    return checked.status !== before;
  }
}

const defined = (healthCheck: HealthCheck) =>
  Object.fromEntries(Object.entries(healthCheck).filter(([, value]) => typeof value === "number")) as Partial<
    typeof DEFAULTS
  >;
