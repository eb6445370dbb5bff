import { writeFileSync } from "node:fs";
import { deployedEvidence } from "../access/deployed";
import { sorted, type Evidence } from "../access/documents";
import { mutate } from "../access/mutations";
import { prove } from "../access/proof";
import { isProven, reportOf, type Report } from "../access/report";
import { reportHtml } from "../access/report-html";
import { documentsJson, reportJson } from "../access/report-json";
import { reportTable, type Look } from "../access/report-table";
import type { Stacks } from "../access/synthesis";
import { synthesizedEvidence } from "../access/synthesized";
import { wiringFaults } from "../access/wiring";
import { accountCredentials } from "../aws/client-settings";
import { loadConfig } from "../config/load";
import type { Config } from "../config/schema";
import { checkNames } from "../naming/check-names";
import { reachableConfig } from "../local/redirect";
import { guardedAsync, optionsOf, UsageError, type Environment } from "./command";
import { ExitCode, type Output } from "./output";
import { configFileOf, outdirOf } from "./places";
import { readStacks } from "./read-stacks";

export const ACCESS_HELP = `Usage: npm run access [-- <options>]

Proves, without AWS, that every hop of every delivery may do what it must, and nothing it must not:
from what npm run synth wrote, for the configuration that it was written from.

  --deployed      prove it from the documents that stand in AWS instead
  --mutations     change every statement in every way, and see that each change is noticed
  --json          the whole report as JSON, on standard output
  --html [file]   the whole report as one page, into the file or on standard output
  --policies      the documents alone as JSON, on standard output; nothing is proven

Environment:
  CODESERIES_CONFIG   the configuration file (codeseries.yaml)
  CDKTF_OUTDIR        the folder that npm run synth wrote to (cdktf.out)

Exit codes: 0 proven, 1 not proven, 2 bad input.`;

interface Options {
  readonly deployed?: boolean;
  readonly help?: boolean;
  readonly html?: boolean;
  readonly json?: boolean;
  readonly mutations?: boolean;
  readonly policies?: boolean;
  /** Where the page goes; nothing: standard output. */
  readonly file?: string;
}

/** Outputs of which only one can be alone on standard output. */
const MACHINE_OUTPUTS = ["html", "json", "policies"] as const;

const FLAG = { type: "boolean" } as const;

const OPTIONS = {
  deployed: FLAG,
  help: { ...FLAG, short: "h" },
  html: FLAG,
  json: FLAG,
  mutations: FLAG,
  policies: FLAG,
} as const;

/** Why the options do not go together. */
function conflict(values: Options, positionals: readonly string[]): string | undefined {
  const machine = MACHINE_OUTPUTS.filter((output) => values[output]);
  if (machine.length > 1) return `take one of --${machine.join(" and --")}`;
  if (positionals.length > (values.html ? 1 : 0)) return `unexpected "${positionals.at(-1) ?? ""}"`;
  return values.policies && values.mutations
    ? "--policies proves nothing, so it takes no --mutations"
    : undefined;
}

function read(args: readonly string[]): Options {
  const { positionals, values } = optionsOf(
    { args: [...args], allowPositionals: true, options: OPTIONS },
    ACCESS_HELP,
  );
  const fault = conflict(values, positionals);
  if (fault !== undefined) throw new UsageError(`${fault}\n\n${ACCESS_HELP}`);
  return { ...values, file: positionals[0] };
}

/** `npm run access`. */
export function access(
  args: readonly string[],
  env: Environment,
  output: Output,
  look: Look,
): Promise<ExitCode> {
  return guardedAsync(output, async () => {
    const options = read(args);
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
    const report = await proveAll(config, evidence, stacks, options);
    show(report, options, output, look);
    return isProven(report) ? ExitCode.done : ExitCode.failed;
  });
}

function evidenceOf(config: Config, stacks: Stacks | undefined): Promise<Evidence> | Evidence {
  return stacks
    ? synthesizedEvidence(stacks)
    : deployedEvidence(config, (account) => accountCredentials(account, config.region));
}

async function proveAll(
  config: Config,
  evidence: Evidence,
  stacks: Stacks | undefined,
  { mutations }: Options,
): Promise<Report> {
  const proof = await prove(config, evidence);
  const wiring = stacks ? wiringFaults(config, evidence, stacks) : [];
  return reportOf(proof, wiring, mutations ? await mutate(proof) : undefined);
}

function show(report: Report, { file, html, json }: Options, output: Output, look: Look): void {
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
