import { parseArgs } from "node:util";
import { InputError } from "../src/errors";

export const HELP = `Usage: npm run --silent bench -- [--services 1,10] [--runs 1] [--json]

Takes the time and the peak memory of a synthesis for growing numbers of services, beside a plain
cdktf app with the same resources and references: one flat class a stack, cdktf's defaults. Each
measurement has a process of its own, and each figure is the median of its runs. Both start with
their modules loaded; ours begins with the text of the configuration. The plain app's JSON must be
ours. Its peak memory holds the plan that it is made from, too.

Options:
  --services <list>   numbers of services (1,10,100,300); growth is that between the last two
  --runs <number>     measurements of each app and number of services (3)
  --json              figures for machines, and nothing else, on standard output
  -h, --help          this text

Exit codes: 0 every bound holds, 1 one does not or the apps differ, 2 faulty usage.`;

export interface Options {
  readonly services: readonly number[];
  readonly runs: number;
  readonly json: boolean;
  readonly help: boolean;
}

const fault = (message: string) => new InputError(`${message}\n\n${HELP}`);

function count(option: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw fault(`--${option}: expected numbers from 1 to 9999, got "${text}"`);
  return Number(text);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        services: { type: "string", default: "1,10,100,300" },
        runs: { type: "string", default: "3" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw fault((error as Error).message);
  }
}

/** @throws InputError */
export function optionsOf(args: readonly string[]): Options {
  const { services, runs, ...flags } = parsed(args);
  const numbers = services.split(",").map((text) => count("services", text));
  return {
    ...flags,
    services: [...new Set(numbers)].sort((a, b) => a - b),
    runs: count("runs", runs),
  };
}
