import { percentile } from "./percentile";

/** A request that got no answer, or one with 5xx. */
export interface LoadFailure {
  /** Milliseconds after the begin of the load. */
  readonly atMs: number;
  /** A status or an error code, such as `502` or `ECONNRESET`. */
  readonly what: string;
}

/** What went wrong, each kind once. */
export const causesOf = (failures: readonly LoadFailure[]): string[] => [
  ...new Set(failures.map(({ what }) => what)),
];

export interface LoadResult {
  readonly sent: number;
  readonly answered: number;
  /** How many answers each version gave with each status, as `<version> <status>`. */
  readonly answers: Readonly<Record<string, number>>;
  readonly failures: readonly LoadFailure[];
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

/** Counts what comes back. */
export class Tally {
  private sent = 0;
  private readonly answers: Record<string, number> = {};
  private readonly failures: LoadFailure[] = [];
  private readonly latencies: number[] = [];

  public send(): void {
    this.sent += 1;
  }

  public answer(version: string, status: number, latencyMs: number, atMs: number): void {
    const key = `${version} ${status}`.trim();
    this.answers[key] = (this.answers[key] ?? 0) + 1;
    this.latencies.push(latencyMs);
    if (status >= 500) this.failures.push({ atMs, what: String(status) });
  }

  public error(code: string, atMs: number): void {
    this.failures.push({ atMs, what: code });
  }

  public result(): LoadResult {
    const sorted = [...this.latencies].sort((one, other) => one - other);
    return {
      sent: this.sent,
      answered: sorted.length,
      answers: { ...this.answers },
      failures: [...this.failures],
      latencyMs: { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), max: sorted.at(-1) ?? NaN },
    };
  }
}
