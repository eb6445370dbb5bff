import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ui } from "../src/cli/ui";
import { ExitCode, Failure } from "../src/errors";
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
export function bench(args: readonly string[], ui: Ui): ExitCode {
  const options = optionsOf(args);
  if (options.help) {
    ui.result(HELP);
    return ExitCode.done;
  }
  try {
    return report(measureAll(options), options, ui);
  } catch (error) {
    if (!(error instanceof DifferenceError)) throw error;
    ui.failure(new Failure(error.message));
    return ExitCode.failed;
  }
}

function report(rows: readonly Row[], { json }: Options, ui: Ui): ExitCode {
  const bounds = boundsOf(rows);
  ui.result(json ? JSON.stringify({ rows, bounds }, null, 2) : `${table(rows)}\n\n${verdicts(bounds)}`);
  return bounds.every(({ holds }) => holds) ? ExitCode.done : ExitCode.failed;
}
