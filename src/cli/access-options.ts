import { optionsOf, UsageError } from "./command";

export const ACCESS_HELP = `Usage: npm run access [-- <options>]

Proves, without AWS, that every hop of every delivery may do what it must, and nothing it must not:
from what npm run synth wrote, for the configuration that it was written from. Every statement is then
changed in every way, and each change must be noticed.

  --deployed      prove it from the documents that stand in AWS instead
  --no-mutations  change no statements: quicker, but a right that nothing needs may go unnoticed
  --json          the whole report as JSON, on standard output
  --html [file]   the whole report as one page, into the file or on standard output
  --policies      the documents alone as JSON, on standard output; nothing is proven

Environment:
  CODESERIES_CONFIG   the configuration file (codeseries.yaml)
  CDKTF_OUTDIR        the folder that npm run synth wrote to (cdktf.out)

Exit codes: 0 proven, 1 not proven, 2 bad input.`;

export interface AccessOptions {
  readonly deployed?: boolean;
  readonly help?: boolean;
  readonly html?: boolean;
  readonly json?: boolean;
  readonly "no-mutations"?: boolean;
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
  "no-mutations": FLAG,
  policies: FLAG,
} as const;

/** Why the options do not go together. */
function conflict(values: AccessOptions, positionals: readonly string[]): string | undefined {
  const machine = MACHINE_OUTPUTS.filter((output) => values[output]);
  if (machine.length > 1) return `take one of --${machine.join(" and --")}`;
  if (positionals.length > (values.html ? 1 : 0)) return `unexpected "${positionals.at(-1) ?? ""}"`;
  return undefined;
}

/** @throws UsageError where options are unknown, or do not go together. */
export function accessOptions(args: readonly string[]): AccessOptions {
  const { positionals, values } = optionsOf(
    { args: [...args], allowPositionals: true, options: OPTIONS },
    ACCESS_HELP,
  );
  const fault = conflict(values, positionals);
  if (fault !== undefined) throw new UsageError(`${fault}\n\n${ACCESS_HELP}`);
  return { ...values, file: positionals[0] };
}
