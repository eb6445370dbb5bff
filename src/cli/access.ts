import { writeFileSync } from "node:fs";
import type * as Deployed from "../access/deployed";
import { sorted, type Evidence } from "../access/evidence/documents";
import { synthesizedEvidence } from "../access/evidence/synthesized";
import { mutate } from "../access/mutations/mutations";
import { prove } from "../access/proof";
import { reportHtml } from "../access/report/page";
import { isProven, reportOf, type Report, type SynthesisFaults } from "../access/report/report";
import { documentsJson, reportJson } from "../access/report/report-json";
import { reportTable } from "../access/report/table";
import type { Look } from "../access/report/table/look";
import { wiringFaults } from "../access/wiring/wiring";
import type * as ClientSettings from "../aws/client-settings";
import type { Config } from "../config/schema";
import { reachableConfig } from "../local/overrides";
import { loadSystem } from "../system/load";
import type { Reporter } from "../process/reporter";
import { ACCESS_HELP, accessOptions, type AccessOptions } from "./access-options";
import { guardedAsync, UsageError, type Environment } from "./command";
import { ExitCode, type Output } from "./output";
import { configFileOf, outdirOf } from "./places";
import { readStacks } from "./read-stacks";
import { synthesisDifferences } from "./synthesis-differences";

/** How people see it. */
export interface Showing {
  readonly look: Look;
  readonly reporter: Reporter;
}

/** `npm run access`. */
export function access(
  args: readonly string[],
  env: Environment,
  output: Output,
  { look, reporter }: Showing,
): Promise<ExitCode> {
  return guardedAsync(output, async () => {
    const options = accessOptions(args);
    if (options.help) {
      output.out(ACCESS_HELP);
      return ExitCode.done;
    }
    const { config } = loadSystem(configFileOf(env));
    const outdir = outdirOf(env);
    const stacks = options.deployed ? undefined : readStacks(outdir, config);
    const evidence = stacks
      ? synthesizedEvidence(stacks)
      : await evidenceInAws(reachableConfig(config, env.AWS_ENDPOINT_URL));
    if (options.policies) {
      output.out(documentsJson(sorted(evidence)));
      return ExitCode.done;
    }
    const synthesis = stacks && {
      wiring: wiringFaults(config, evidence, stacks),
      differences: synthesisDifferences(config, outdir, stacks),
    };
    const report = await reportOn(config, evidence, synthesis, options, reporter);
    show(report, options, output, look);
    return isProven(report) ? ExitCode.done : ExitCode.failed;
  });
}

/** AWS's SDK takes its time to load, so it is not, unless AWS is asked. */
function evidenceInAws(config: Config): Promise<Evidence> {
  const { deployedEvidence } = require("../access/deployed") as typeof Deployed;
  const { accountCredentials } = require("../aws/client-settings") as typeof ClientSettings;
  return deployedEvidence(config, (account) => accountCredentials(account, config.region));
}

async function reportOn(
  config: Config,
  evidence: Evidence,
  synthesis: SynthesisFaults | undefined,
  { "no-mutations": unchanged }: AccessOptions,
  reporter: Reporter,
): Promise<Report> {
  const progress = (text: string) => {
    reporter.live(text);
  };
  try {
    const proof = await prove(config, evidence, progress);
    return reportOf(proof, synthesis, unchanged ? undefined : await mutate(proof, progress));
  } finally {
    reporter.clear();
  }
}

function show(report: Report, { file, html, json }: AccessOptions, output: Output, look: Look): void {
  if (json) output.out(reportJson(report));
  else if (!html) output.err(reportTable(report, look));
  else if (file === undefined) output.out(reportHtml(report));
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
