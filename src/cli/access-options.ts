import { optionsOf, UsageError } from "./command";

export const ACCESS_HELP = `Usage: npm run access [-- <options>]

Proves, without AWS, that every call that a delivery needs is allowed, and that nothing else is. It reads
the policies that the configuration gives, and checks that cdktf.out has the same.

  --deployed      prove the policies that are in AWS
  --verbose       list every call, and the statements that allow it
  --json          print the whole report as JSON
  --html [file]   write the whole report as a page, to the file or to standard output
  --policies      print the policies as JSON, and prove nothing

Environment:
  CODESERIES_CONFIG   the configuration file (codeseries.yaml)
  CDKTF_OUTDIR        the folder that npm run synth writes to (cdktf.out)

Exit codes: 0 proven, 1 not proven, 2 bad input.`;

export interface AccessOptions {
  readonly deployed?: boolean;
  readonly help?: boolean;
  readonly html?: boolean;
  readonly json?: boolean;
  readonly policies?: boolean;
  readonly verbose?: boolean;
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
  policies: FLAG,
  verbose: FLAG,
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
