import { Interrupted, type Failure } from "../errors";
import type { Progress } from "./progress";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Milliseconds after the first signal in which further ones are ignored; a later one ends the command at once. */
const SHUTDOWN_GRACE_MS = 5_000;

const STOPPING = "Stopping: Terraform finishes its current operations, writes its state and unlocks it ...";
const INTERRUPTED = "Interrupted. The state holds what was created; run the same command again to continue.";
const ABANDONED =
  "Interrupted without waiting: Terraform may still be running; it unlocks its state when it ends.";

/**
 * Handles Ctrl-C, SIGTERM and a closed terminal. The first signal asks every child process to stop and
 * lets it finish; npm sends each signal a second time, so those that follow at once are ignored. If no
 * child process is running, the work ends at once.
 */
export class Interruption {
  private cause: Failure | undefined;
  private since = 0;
  private abandon: (reason: Failure) => void = () => undefined;
  private readonly stops = new Set<() => void>();

  constructor(
    private readonly progress: Progress,
    private readonly now: () => number = Date.now,
  ) {
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
  }

  private readonly onSignal = () => {
    if (!this.cause) {
      this.since = this.now();
      if (this.stops.size > 0) this.progress.note(STOPPING);
      this.stop(new Interrupted(INTERRUPTED));
    } else if (this.now() - this.since >= SHUTDOWN_GRACE_MS) this.abandon(new Interrupted(ABANDONED));
  };

  /** Stops the current work. */
  public stop(cause: Failure): void {
    if (this.cause) return;
    this.cause = cause;
    for (const stop of this.stops) stop();
    if (this.stops.size === 0) this.abandon(cause);
  }

  /** Registers a function to call when the work must stop, and returns how to remove it. */
  public attach(stop: () => void): () => void {
    this.stops.add(stop);
    return () => this.stops.delete(stop);
  }

  /** @throws the cause if the work must stop. */
  public check(): void {
    if (this.cause) throw this.cause;
  }

  /**
   * Runs work that a signal can stop, and restores the signal handlers afterwards.
   *
   * @throws the cause if the work was stopped.
   */
  public async during<T>(work: () => Promise<T>): Promise<T> {
    const abandoned = new Promise<never>((_, reject) => {
      this.abandon = reject;
    });
    try {
      return await Promise.race([work(), abandoned]);
    } finally {
      this.end();
    }
  }

  /** Restores the signal handlers. */
  public end(): void {
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
  }
}
