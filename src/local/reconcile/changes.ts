import { setTimeout as wait } from "node:timers/promises";

/** Seconds after which a wait for a change is renewed. */
const LONG_POLL_SECONDS = 20;

const RETRY_MS = 500;

/** How often it is asked whether a process has caught up. */
const CATCH_UP_MS = 20;

/** What has changed in the embedded AWS, as a count of the writes to the services that a release uses. */
export class Changes {
  constructor(private readonly endpoint: string) {}

  private async get(
    path: string,
    signal: AbortSignal | null = null,
  ): Promise<Record<"newest" | "revision", number>> {
    const answer = await fetch(`${this.endpoint}/codeseries/changes${path}`, { signal });
    if (!answer.ok) throw new Error(`${answer.status} for changes${path}`);
    return (await answer.json()) as Record<"newest" | "revision", number>;
  }

  /** The newest revision now. */
  public async newest(): Promise<number> {
    return (await this.get("")).revision;
  }

  /** Calls back with each new revision, one at a time, until `signal` is aborted. The first is the current one. */
  public async watch(
    onChange: (revision: number) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    let seen = -1;
    while (!signal.aborted) {
      try {
        const { revision } = await this.get(`?since=${seen}&wait=${LONG_POLL_SECONDS}`, signal);
        if (revision === seen) continue;
        seen = revision;
      } catch {
        // moto is busy, or is being stopped; or the signal ended the request.
        await wait(RETRY_MS);
        continue;
      }
      await onChange(seen);
    }
  }

  /** Says that a process has acted on everything up to a revision. */
  public async actedOn(process: string, revision: number): Promise<void> {
    const body = JSON.stringify({ revision });
    const headers = { "content-type": "application/json" };
    await fetch(`${this.endpoint}/codeseries/changes/${process}`, { method: "PUT", body, headers });
  }

  /**
   * Waits until a process has acted on everything that has been written until now.
   *
   * @throws Error if it has not after `limitMs`.
   */
  public async settled(process: string, limitMs: number): Promise<void> {
    const { newest } = await this.get(`/${process}`);
    const deadline = Date.now() + limitMs;
    while (Date.now() < deadline) {
      if ((await this.get(`/${process}`)).revision >= newest) return;
      await wait(CATCH_UP_MS);
    }
    throw new Error(`${process} has not acted on revision ${newest} after ${limitMs} ms`);
  }
}
