import type { Measurement } from "./measurement";

/** The value in the middle, or half-way between the two that are. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => {
    const value = sorted[index];
    if (value === undefined) throw new Error("no values to take the median of");
    return value;
  };
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
}

/** The median of each figure by itself, so parts need not add up to the whole. */
export function medianOf(measurements: readonly Measurement[]): Measurement {
  const parts = Object.keys(measurements[0]?.parts ?? {});
  return {
    seconds: median(measurements.map(({ seconds }) => seconds)),
    parts: Object.fromEntries(
      parts.map((part) => [part, median(measurements.map((measurement) => measurement.parts[part] ?? 0))]),
    ),
    cpuSeconds: median(measurements.map(({ cpuSeconds }) => cpuSeconds)),
    peakMegabytes: median(measurements.map(({ peakMegabytes }) => peakMegabytes)),
  };
}
