import type { Ui } from "./ui";

/** Lines that are shown in place of the ones before on a terminal; elsewhere each new line is written once. */
export class Screen {
  private shown: readonly string[] = [];

  constructor(private readonly ui: Ui) {}

  /** @param passing A line that changes all the time: only a terminal shows it. */
  public show(lines: readonly string[], passing: string): void {
    if (this.ui.isTerminal) this.ui.replace([...lines, passing]);
    else for (const line of lines) if (!this.shown.includes(line)) this.ui.note(line);
    this.shown = lines;
  }

  /** Removes from a terminal what is shown. */
  public clear(): void {
    if (this.ui.isTerminal) this.ui.replace([]);
  }
}
