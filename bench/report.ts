import { ratioOf, type Bound } from "./bounds";
import type { Row } from "./results";

const seconds = (value: number | undefined) => (value ?? 0).toFixed(2);

/** A column's heading, and what it shows of a row. */
const COLUMNS: readonly (readonly [string, (row: Row) => string])[] = [
  ["services", ({ services }) => String(services)],
  ["resources", ({ resources }) => String(resources)],
  ["ours s", ({ ours }) => seconds(ours.seconds)],
  ["config", ({ ours }) => seconds(ours.parts.configuration)],
  ["construct", ({ ours }) => seconds(ours.parts.construct)],
  ["synth", ({ ours }) => seconds(ours.parts.synth)],
  ["cpu", ({ ours }) => seconds(ours.cpuSeconds)],
  ["peak MB", ({ ours }) => ours.peakMegabytes.toFixed(0)],
  ["plain s", ({ plain }) => seconds(plain.seconds)],
  ["construct", ({ plain }) => seconds(plain.parts.construct)],
  ["synth", ({ plain }) => seconds(plain.parts.synth)],
  ["cpu", ({ plain }) => seconds(plain.cpuSeconds)],
  ["peak MB", ({ plain }) => plain.peakMegabytes.toFixed(0)],
  ["ours/plain", (row) => ratioOf(row).toFixed(2)],
  ["ours ms/resource", ({ ours, resources }) => ((ours.seconds * 1000) / resources).toFixed(2)],
];

/** One line a row, every column as wide as its widest cell. */
export function table(rows: readonly Row[]): string {
  const lines = [
    COLUMNS.map(([heading]) => heading),
    ...rows.map((row) => COLUMNS.map(([, show]) => show(row))),
  ];
  const width = (column: number) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0));
  return lines
    .map((cells) => cells.map((cell, column) => cell.padStart(width(column))).join("  "))
    .join("\n");
}

/** Each bound, and whether it holds. */
export function verdicts(bounds: readonly Bound[]): string {
  return bounds
    .map(({ name, value, limit, holds }) => {
      const verdict = holds ? "holds " : "BROKEN";
      return `${verdict}  ${name}: ${value.toFixed(2)}, at most ${limit.toFixed(2)}`;
    })
    .join("\n");
}
