import { closeSync, openSync, readSync, writeSync } from "node:fs";

/** What is sent at once, in bytes: below CloudWatch Logs' limit of 1 MiB with 26 bytes for each event. */
const BATCH = 512 * 1024;

/** CloudWatch Logs' limit of a batch is 10,000 events. */
const EVENTS = 5_000;

const INTERVAL_MS = 500;

/** Takes lines of a log, in their order. */
export type SendLines = (lines: readonly string[]) => Promise<void>;

/**
 * The log of a build: a file, from which it is sent in batches. So output that comes faster than it is sent is not
 * in memory. What comes after the limit is cut, with a line that says so.
 */
export class BuildLog {
  private readonly descriptor: number;
  private written = 0;
  private sent = 0;
  private cut = false;
  private sending: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  /** @param limit Bytes. */
  constructor(
    file: string,
    private readonly send: SendLines,
    private readonly limit: number,
  ) {
    this.descriptor = openSync(file, "w+");
    this.timer = setInterval(() => {
      this.sending = this.sending.then(() => this.sendNext(false));
    }, INTERVAL_MS);
  }

  public write(text: string | Buffer): void {
    if (this.cut) return;
    const bytes = Buffer.from(text);
    const room = this.limit - this.written;
    this.append(bytes.subarray(0, room));
    if (bytes.length <= room) return;
    this.cut = true;
    const mib = Math.floor(this.limit / 2 ** 20);
    this.append(Buffer.from(`\n[Container] The output has more than ${mib} MiB: the rest is cut\n`));
  }

  /** A disk that is full ends the log, not the build's process. */
  private append(bytes: Buffer): void {
    try {
      this.written += writeSync(this.descriptor, bytes, 0, bytes.length, this.written);
    } catch {
      this.cut = true;
    }
  }

  /** Writes a line that is not cut. */
  public last(text: string): void {
    this.append(Buffer.from(`${text}\n`));
  }

  /** Sends the rest. */
  public async end(): Promise<void> {
    clearInterval(this.timer);
    await this.sending;
    while (this.sent < this.written) await this.sendNext(true);
    closeSync(this.descriptor);
  }

  private async sendNext(all: boolean): Promise<void> {
    const bytes = Buffer.alloc(Math.min(BATCH, this.written - this.sent));
    const read = readSync(this.descriptor, bytes, 0, bytes.length, this.sent);
    const lines = completeLines(bytes.subarray(0, read), all || read === BATCH, EVENTS);
    if (lines.length === 0) return;
    this.sent += lines.reduce((size, line) => size + line.length, 0);
    await this.send(lines.map(String));
  }
}

/** The lines of a text with their ends. A last line without an end is one only if it cannot be waited for. */
export function completeLines(bytes: Buffer, all: boolean, limit = Infinity): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  while (start < bytes.length && lines.length < limit) {
    const end = bytes.indexOf("\n", start) + 1;
    if (end === 0 && !(all && (lines.length === 0 || bytes.length < BATCH))) break;
    lines.push(bytes.subarray(start, end === 0 ? undefined : end));
    start = end === 0 ? bytes.length : end;
  }
  return lines;
}
