import { duration } from "../../process/progress";

/** AWS's waits of minutes, made shorter. */
export interface Time {
  /** What one second here stands for, in seconds; 1 means real time. */
  readonly factor: number;
  /** Milliseconds to wait here for a time in AWS. */
  scaled(seconds: number): number;
  /** A wait as a person reads it: `5 min 00 s (5 s here)`. */
  told(seconds: number): string;
}

/** @param factor 60 makes a minute a second. */
export function timeWith(factor: number): Time {
  const scaled = (seconds: number) => (seconds * 1000) / factor;
  return {
    factor,
    scaled,
    told: (seconds) => {
      const there = duration(seconds * 1000);
      return factor === 1 ? there : `${there} (${duration(scaled(seconds))} here)`;
    },
  };
}
