/** The value that a share of all values does not exceed; NaN of no values. @param share From 0 to 1. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? NaN;
}
