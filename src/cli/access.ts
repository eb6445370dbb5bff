import { writeFileSync } from "node:fs";
import {
  policiesJson,
  policiesOfStacks,
  provePermissions,
  reportHtml,
  reportJson,
  stalePlaces,
  summaryText,
  tableText,
  type Paint,
  type Policies,
  type Report,
} from "../permissions";
import type * as Deployed from "../permissions/read/aws";
import { reachableConfig } from "../local/redirect";
import { loadSystem } from "../system/load";
import { systemOf, type System } from "../system/system";
import type { Reporter } from "../process/reporter";
import { ACCESS_HELP, accessOptions, type AccessOptions } from "./access-options";
import { guardedAsync, UsageError, type Environment } from "./command";
import { stacksOf, terraformFiles } from "./output-files";
import { ExitCode, type Output } from "./output";
import { configFileOf, outdirOf } from "./places";
import { stackFilesOf } from "./synth";

/** How people see it. */
export interface Showing {
  readonly paint: Paint;
  readonly reporter: Reporter;
}

/** `npm run access`. */
export function access(
  args: readonly string[],
  env: Environment,
  output: Output,
  { paint, reporter }: Showing,
): Promise<ExitCode> {
  return guardedAsync(output, async () => {
    const options = accessOptions(args);
    if (options.help) {
      output.out(ACCESS_HELP);
      return ExitCode.done;
    }
    const { config, system } = loadSystem(configFileOf(env));
    const files = options.deployed ? undefined : stackFilesOf(config);
    const policies = files
      ? policiesOfStacks(stacksOf(files))
      : await policiesInAws(systemOf(reachableConfig(config, env.AWS_ENDPOINT_URL)));
    if (options.policies) {
      output.out(policiesJson(policies));
      return ExitCode.done;
    }
    const stale = files && terraformFiles(outdirOf(env), files);
    const places = stale && stalePlaces(stale.synthesized, stale.found);
    const progress = (text: string) => {
      reporter.status(text);
    };
    const report = await provePermissions(system, policies, progress, places).finally(() => {
      reporter.clear();
    });
    show(report, options, output, paint);
    return report.proven ? ExitCode.done : ExitCode.failed;
  });
}

/** Loading AWS's SDK takes time, so only `--deployed` does. */
function policiesInAws(system: System): Promise<Policies> {
  return (require("../permissions/read/aws") as typeof Deployed).policiesInAws(system);
}

function show(
  report: Report,
  { file, html, json, verbose }: AccessOptions,
  output: Output,
  paint: Paint,
): void {
  if (json) output.out(reportJson(report));
  else if (!html) {
    if (verbose) output.err(`${tableText(report, paint)}\n`);
    output.err(summaryText(report, paint));
  } else if (file === undefined) output.out(reportHtml(report));
  else {
    writePage(file, reportHtml(report));
    output.err(file);
  }
}

/** @throws UsageError where the file cannot be written: "not proven" would be another thing. */
function writePage(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new UsageError(`--html: ${(error as Error).message}`);
  }
}
