/** What one process took. */
export interface Measurement {
  readonly seconds: number;
  /** Seconds by step, in their order. */
  readonly parts: Readonly<Record<string, number>>;
  /** Processor seconds of all threads: steadier than the clock on a busy machine. */
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** Takes the time from one mark to the next. */
export class Stopwatch {
  private readonly started = performance.now();
  private readonly cpuBefore = process.cpuUsage();
  private readonly parts: Record<string, number> = {};
  private last = this.started;

  /** Ends a step. */
  mark(part: string): void {
    const now = performance.now();
    this.parts[part] = (now - this.last) / 1000;
    this.last = now;
  }

  /** Everything up to the last mark. */
  measurement(): Measurement {
    const { user, system } = process.cpuUsage(this.cpuBefore);
    return {
      seconds: (this.last - this.started) / 1000,
      parts: this.parts,
      cpuSeconds: (user + system) / 1_000_000,
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    };
  }
}
