import type { Measurement } from "./measurement";

/** What a process of the plain app says. */
export interface PlainResult {
  readonly measurement: Measurement;
  /** Resources and data sources of all stacks. */
  readonly resources: number;
  /** Where its synthesized JSON is not ours. */
  readonly differences: readonly string[];
}

/** One number of services: the medians of both apps. */
export interface Row {
  readonly services: number;
  readonly resources: number;
  readonly ours: Measurement;
  readonly plain: Measurement;
}

/** The plain app is not ours without its layers, so its time says nothing. */
export class DifferenceError extends Error {}
