import type { Progress } from "./progress";

export { duration } from "./progress";

/** What a reporter needs of a stream, such as `process.stderr`. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Characters in a line; the fallback where it is no terminal, or one that does not say. */
export const columnsOf = ({ columns = 0 }: Terminal, fallback: number) => (columns > 0 ? columns : fallback);

const NARROW = 80;

/** How often a log gets a line of what goes on, in milliseconds. */
const LOG_INTERVAL = 10_000;

const CLEAR_LINE = "\r\u001b[2K";

/** Tells a person what goes on: lines that stay, and one that changes, which a log gets now and then. */
export class Reporter implements Progress {
  private lastLogged: number;
  private shown = "";

  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number = Date.now,
  ) {
    this.lastLogged = now();
  }

  /** A line, or several, that stay. */
  public note(text: string): void {
    this.terminal.write(`${this.shown === "" ? "" : CLEAR_LINE}${text}\n`);
    this.shown = "";
    this.lastLogged = this.now();
  }

  /** Takes the line that changes away, before others write. */
  public clear(): void {
    if (this.shown !== "") this.terminal.write(CLEAR_LINE);
    this.shown = "";
  }

  /** What goes on now: rewritten in place on a terminal, a line every ten seconds elsewhere. */
  public live(text: string): void {
    if (this.terminal.isTTY) {
      const fitting = text.slice(0, columnsOf(this.terminal, NARROW) - 1);
      if (fitting !== this.shown) this.terminal.write(`${CLEAR_LINE}${fitting}`);
      this.shown = fitting;
    } else if (this.now() - this.lastLogged >= LOG_INTERVAL) this.note(text);
  }
}
