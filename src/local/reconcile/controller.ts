import { setTimeout as wait } from "node:timers/promises";
import type { Changes } from "./changes";

/**
 * Brings a part of the embedded AWS to what is wanted, as a controller of Kubernetes does. `reconcile` reads what
 * is wanted and what is, acts, and returns soon: it does not wait for longer work that it starts. It is never called while it runs.
 */
export interface Controller {
  readonly name: string;
  /** @param revision The newest revision that is known, so that a controller sees whether anything has changed. */
  reconcile(revision: number): Promise<void>;
  /** Milliseconds after which it is called again although nothing has changed, for what depends on time. */
  readonly everyMs?: number;
}

const RETRY_MS = 1_000;

/** Calls a controller after each change, and after its interval; an error is told, and does not end it. */
export class ControllerLoop {
  private wanted = false;
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private revision = -1;

  constructor(
    private readonly controller: Controller,
    private readonly onError: (error: unknown) => void,
  ) {
    if (controller.everyMs !== undefined)
      this.timer = setInterval(() => {
        this.wake();
      }, controller.everyMs);
  }

  /** Calls the controller, again if it is running. */
  public wake(revision = this.revision): void {
    this.revision = revision;
    this.wanted = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  /** Stops calling it, and waits until it has returned. */
  public async end(): Promise<void> {
    clearInterval(this.timer);
    this.wanted = false;
    await this.running;
  }

  private async run(): Promise<void> {
    // Only after `running` is set: a controller may wake itself.
    await Promise.resolve();
    while (this.wanted) {
      this.wanted = false;
      try {
        await this.controller.reconcile(this.revision);
      } catch (error) {
        this.onError(error);
        await wait(RETRY_MS);
        this.wanted = true;
      }
    }
  }
}

/** Runs controllers until `signal` is aborted. */
export async function runControllers(
  controllers: readonly Controller[],
  changes: Changes,
  say: (who: string, text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const loops = controllers.map(
    (controller) =>
      new ControllerLoop(controller, (error) => {
        say(
          controller.name,
          `error, tried again: ${error instanceof Error ? (error.stack ?? "") : String(error)}`,
        );
      }),
  );
  await changes.watch((revision) => {
    for (const loop of loops) loop.wake(revision);
  }, signal);
  await Promise.all(loops.map((loop) => loop.end()));
}
