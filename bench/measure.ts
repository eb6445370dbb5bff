import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedConfig } from "./generated-config";
import type { Measurement } from "./measurement";
import { runEntry } from "./process";
import { DifferenceError, type PlainResult, type Row } from "./results";
import { medianOf } from "./statistics";

const MAX_SHOWN_DIFFERENCES = 5;

export interface Measuring {
  /** The configuration file to grow. */
  readonly base: string;
  readonly services: number;
  readonly runs: number;
  /** A folder to work in. */
  readonly folder: string;
  readonly progress: (step: string) => void;
}

function assertSame(services: number, { differences }: PlainResult) {
  if (differences.length === 0) return;
  const shown = differences.slice(0, MAX_SHOWN_DIFFERENCES).join("\n  ");
  throw new DifferenceError(
    `${services} services: the plain app differs from ours in ${differences.length} places:\n  ${shown}`,
  );
}

/** Measures both apps in turns, so that whatever else the machine does meets both. */
export function measure({ base, services, runs, folder, progress }: Measuring): Row {
  const configFile = join(folder, `${services}.yaml`);
  const stacks = join(folder, String(services));
  writeFileSync(configFile, generatedConfig(base, services));

  const ours: Measurement[] = [];
  const plain: PlainResult[] = [];
  for (let run = 1; run <= runs; run++) {
    progress(`${services} services, run ${run} of ${runs}: ours`);
    ours.push(runEntry("ours", [configFile, stacks]) as Measurement);
    progress(`${services} services, run ${run} of ${runs}: plain`);
    const result = runEntry("plain", [stacks]) as PlainResult;
    assertSame(services, result);
    plain.push(result);
  }
  return {
    services,
    resources: plain[0]?.resources ?? 0,
    ours: medianOf(ours),
    plain: medianOf(plain.map(({ measurement }) => measurement)),
  };
}
