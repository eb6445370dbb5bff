import { Interrupted, type Failure } from "./failure";
import type { Reporter } from "./reporter";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Milliseconds after which a further signal comes from somebody who will not wait. */
const PATIENCE = 5_000;

const INTERRUPTED = "Interrupted. What was made is in the state; the same command goes on from there.";
const ABANDONED =
  "Interrupted, without waiting: Terraform may still be at work, and unlocks its state when it ends.";

/**
 * Ctrl-C, SIGTERM and a closed terminal while we work, or others work for us. The first asks them to
 * stop and lets them end well; npm passes each signal on once more, so all that follow at once are the
 * same. Where nobody works for us, there is nothing to wait for.
 */
export class Interruption {
  private cause: Failure | undefined;
  private since = 0;
  private abandon: (reason: Failure) => void = () => undefined;
  private readonly stops = new Set<() => void>();

  constructor(
    private readonly reporter: Reporter,
    private readonly now: () => number = Date.now,
  ) {
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
  }

  private readonly onSignal = () => {
    if (!this.cause) {
      this.since = this.now();
      if (this.stops.size > 0)
        this.reporter.say("Stopping: Terraform ends what it has begun, writes its state and unlocks it ...");
      this.stop(new Interrupted(INTERRUPTED));
    } else if (this.now() - this.since >= PATIENCE) this.abandon(new Interrupted(ABANDONED));
  };

  /** Stops the work under way. */
  public stop(cause: Failure): void {
    if (this.cause) return;
    this.cause = cause;
    for (const stop of this.stops) stop();
    if (this.stops.size === 0) this.abandon(cause);
  }

  /** Has a function called when the work must stop, until it is released. */
  public attach(stop: () => void): () => void {
    this.stops.add(stop);
    return () => this.stops.delete(stop);
  }

  /** @throws the cause, where the work must stop. */
  public check(): void {
    if (this.cause) throw this.cause;
  }

  /**
   * Does work that a signal may end; signals mean what they meant before when it has ended.
   *
   * @throws the cause, where the work was stopped.
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

  /** Signals mean what they meant before. */
  public end(): void {
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
  }
}
