/** Lines of Terraform's box around a diagnostic, and of cdktf's stack names before it. */
const FRAME = /^[\s│╷╵]*/u;

/** What other resources say meanwhile. */
const PROGRESS = /^\S+(?: \([^)]*\))?: (?:\w+ complete after|\w+(?: \w+)?\.\.\.)/;

const MAX_LINES = 40;

/** Picks what went wrong out of a stack's output: Terraform explains itself after `Error:`. */
export class ErrorCollector {
  private readonly lines: string[] = [];
  private begun = false;

  /** Takes a line of output, without a stack's name before it. */
  public take(line: string): void {
    this.begun ||= /\bError: /.test(line);
    if (PROGRESS.test(line)) return;
    if (this.begun && this.lines.length < MAX_LINES) this.lines.push(line.replace(FRAME, ""));
  }

  /** The errors; empty where the program said none. */
  public get text(): string {
    return this.lines
      .join("\n")
      .replace(/\n{2,}/g, "\n")
      .trim();
  }
}
