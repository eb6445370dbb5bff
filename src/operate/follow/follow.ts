/** How a release ended. */
export interface Outcome {
  readonly result: "succeeded" | "rolledBack" | "failed" | "superseded" | "timedOut";
  /** One sentence. */
  readonly text: string;
  readonly execution?: string;
  readonly deployment?: string;
}

/** What is seen of a release that has not ended. */
export interface Seen {
  /** Such as `AllowTraffic`. */
  readonly step: string;
  /** The time until the next look does not count: a person must act. */
  readonly waits?: boolean;
}

export interface FollowOptions {
  readonly minutes: number;
  /** Whether the time in which a person must act counts, too. @default false */
  readonly strict?: boolean;
  readonly onStep: (step: string) => void;
  /** @default 5000 */
  readonly intervalMs?: number;
}

const MINUTE_MS = 60_000;
const INTERVAL_MS = 5_000;
/** Looks in a row that may fail, such as for a lost connection. */
const MAX_FAILED_LOOKS = 5;

/**
 * Looks until a release has ended, or its minutes are over.
 *
 * @param look What is seen now, or the end.
 */
export async function follow(
  look: () => Promise<Seen | Outcome>,
  { intervalMs = INTERVAL_MS, minutes, onStep, strict = false }: FollowOptions,
): Promise<Outcome> {
  let left = minutes * MINUTE_MS;
  let shown = "";
  let failed = 0;
  const tolerantLook = async (): Promise<Seen | Outcome> => {
    try {
      const seen = await look();
      failed = 0;
      return seen;
    } catch (error) {
      failed += 1;
      if (shown === "" || failed > MAX_FAILED_LOOKS) throw error;
      return { step: shown };
    }
  };
  for (;;) {
    const began = Date.now();
    const seen = await tolerantLook();
    if ("result" in seen) return seen;
    if (seen.step !== shown) onStep(seen.step);
    shown = seen.step;
    if (left <= 0)
      return { result: "timedOut", text: `it has not ended after ${minutes} minutes: ${seen.step}` };
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
    if (strict || seen.waits !== true) left -= Date.now() - began;
  }
}
