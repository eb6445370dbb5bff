import { writeFileSync } from "node:fs";
import { deployedEvidence } from "../access/deployed";
import { sorted, type Evidence } from "../access/evidence/documents";
import type { Stacks } from "../access/evidence/synthesis";
import { synthesizedEvidence } from "../access/evidence/synthesized";
import { mutate } from "../access/mutations/mutations";
import { prove } from "../access/proof";
import { reportHtml } from "../access/report/page";
import { isProven, reportOf, type Report } from "../access/report/report";
import { documentsJson, reportJson } from "../access/report/report-json";
import { reportTable, type Look } from "../access/report/report-table";
import { wiringFaults } from "../access/wiring/wiring";
import { accountCredentials } from "../aws/client-settings";
import { loadConfig } from "../config/load";
import type { Config } from "../config/schema";
import { reachableConfig } from "../local/redirect";
import { checkNames } from "../naming/check-names";
import type { Reporter } from "../process/reporter";
import { ACCESS_HELP, accessOptions, type AccessOptions } from "./access-options";
import { guardedAsync, UsageError, type Environment } from "./command";
import { ExitCode, type Output } from "./output";
import { configFileOf, outdirOf } from "./places";
import { readStacks } from "./read-stacks";

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
    const { config } = loadConfig(configFileOf(env), [checkNames]);
    const stacks = options.deployed ? undefined : readStacks(outdirOf(env), config);
    const evidence = await evidenceOf(reachableConfig(config, env.AWS_ENDPOINT_URL), stacks);
    if (options.policies) {
      output.out(documentsJson(sorted(evidence)));
      return ExitCode.done;
    }
    const report = await reportOn(config, evidence, stacks, options, reporter);
    show(report, options, output, look);
    return isProven(report) ? ExitCode.done : ExitCode.failed;
  });
}

function evidenceOf(config: Config, stacks: Stacks | undefined): Promise<Evidence> | Evidence {
  return stacks
    ? synthesizedEvidence(stacks)
    : deployedEvidence(config, (account) => accountCredentials(account, config.region));
}

async function reportOn(
  config: Config,
  evidence: Evidence,
  stacks: Stacks | undefined,
  { "no-mutations": unchanged }: AccessOptions,
  reporter: Reporter,
): Promise<Report> {
  const progress = (text: string) => {
    reporter.status(text);
  };
  try {
    const proof = await prove(config, evidence, progress);
    const wiring = stacks ? wiringFaults(config, evidence, stacks) : [];
    return reportOf(proof, wiring, unchanged ? undefined : await mutate(proof, progress));
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
