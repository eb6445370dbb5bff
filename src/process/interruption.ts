import { Interrupted, type Failure } from "./failure";
import type { Reporter } from "./reporter";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Ctrl-C and SIGTERM while others work for us. The first asks them to stop and lets them end well; npm
 * passes each on once more, so all that follow count as the same.
 */
export class Interruption {
  private cause: Failure | undefined;
  private readonly stops = new Set<() => void>();

  constructor(private readonly reporter: Reporter) {
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
  }

  private readonly onSignal = () => {
    if (this.cause) return;
    this.reporter.say("Stopping: Terraform ends what it has begun, writes its state and unlocks it ...");
    this.stop(
      new Interrupted("Interrupted. What was made is in the state; the same command goes on from there."),
    );
  };

  /** Stops the work under way. */
  public stop(cause: Failure): void {
    if (this.cause) return;
    this.cause = cause;
    for (const stop of this.stops) stop();
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

  /** Signals mean what they meant before. */
  public end(): void {
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
  }
}
