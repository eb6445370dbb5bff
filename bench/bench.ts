import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExitCode, type Output } from "../src/cli/output";
import { boundsOf } from "./bounds";
import { measure } from "./measure";
import { HELP, optionsOf, type Options } from "./options";
import { progressLine } from "./progress";
import { table, verdicts } from "./report";
import { DifferenceError, type Row } from "./results";

const BASE = "codeseries.yaml";

function measureAll({ services, runs }: Options): Row[] {
  const base = readFileSync(BASE, "utf8");
  const folder = mkdtempSync(join(tmpdir(), "codeseries-bench-"));
  const line = progressLine(process.stderr);
  try {
    return services.map((number) => measure({ base, services: number, runs, folder, progress: line.step }));
  } finally {
    line.clear();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `npm run bench` */
export function bench(args: readonly string[], output: Output): ExitCode {
  const options = optionsOf(args);
  if (options.help) {
    output.out(HELP);
    return ExitCode.done;
  }
  try {
    return report(measureAll(options), options, output);
  } catch (error) {
    if (!(error instanceof DifferenceError)) throw error;
    output.err(error.message);
    return ExitCode.failed;
  }
}

function report(rows: readonly Row[], { json }: Options, output: Output): ExitCode {
  const bounds = boundsOf(rows);
  output.out(json ? JSON.stringify({ rows, bounds }, null, 2) : `${table(rows)}\n\n${verdicts(bounds)}`);
  return bounds.every(({ holds }) => holds) ? ExitCode.done : ExitCode.failed;
}
