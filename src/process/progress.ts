/** Where progress is shown to a person. */
export interface Progress {
  /** Shows one or more lines that stay. */
  note(text: string): void;
  /** Shows what is being done now, in place of what was shown before. */
  live(text: string): void;
  /** Removes the live line. */
  clear(): void;
}

/** A span of time: `42 s`, `2 min 05 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
