import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse, stringify } from "yaml";
import { synthesizeConfiguration } from "../src/cli/synth";

/** More need more memory than Node.js uses by default. */
const MAX_SIZE = 3000;
/** An ALB has at most 100 target groups by default, and each service has two. */
const MAX_SERVICES_PER_ENVIRONMENT = 40;

const HELP = `Usage: npm run --silent bench [-- --sizes <list>]

Measures the synthesis of generated configurations, from codeseries.yaml to the written stacks. Each size
runs in a process of its own. A service that runs in two environments counts twice.

Options:
  --sizes <list>  numbers of services, from 1 to ${MAX_SIZE} (1,10,100,300,1000)
  -h, --help      this text

The environments have the same size, at most ${MAX_SERVICES_PER_ENVIRONMENT} services. "cpu s" is the processor time of all threads:
other processes disturb it less than the elapsed seconds. "peak MB" is resident memory. "growth" compares
"cpu s/1000", for a thousand resources, with the line before: 1.00 is linear.

Exit codes: 0 done, 1 a measurement failed, 2 invalid option.`;

const options = {
  sizes: { type: "string", default: "1,10,100,300,1000" },
  help: { type: "boolean", short: "h" },
} as const;

/** The sizes in ascending order, each once; or what is wrong with the arguments. */
export function optionsOf(args: string[]): { help?: boolean; sizes: readonly number[]; fault?: string } {
  try {
    const { help, sizes: list } = parseArgs({ args, options }).values;
    const sizes = list.split(",").map((text) => (/^[1-9]\d*$/.test(text) ? Number(text) : Infinity));
    const fault = `--sizes: expected numbers from 1 to ${MAX_SIZE}, separated by commas, got "${list}"`;
    if (sizes.some((size) => size > MAX_SIZE)) return { sizes: [], fault };
    return { help, sizes: [...new Set(sizes)].sort((a, b) => a - b) };
  } catch (error) {
    return { sizes: [], fault: (error as Error).message };
  }
}

/** The smallest number of equal environments that hold the services. */
export function environmentsFor(services: number): number {
  let environments = Math.ceil(services / MAX_SERVICES_PER_ENVIRONMENT);
  while (services % environments !== 0) environments += 1;
  return environments;
}

const entries = (count: number, prefix: string, entry: (n: number) => object) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i + 1}`, entry(i + 1)]));

/** A configuration file in which this number of services run, with all else as in `base`. */
export function configurationFor(services: number, base: string): string {
  const { accounts, ...rest } = parse(base) as { accounts: { shared: object } };
  const count = environmentsFor(services);
  const own = entries(count, "e", (n) => ({ id: String(300_000_000_000 + n) }));
  return stringify({
    ...rest,
    accounts: { shared: accounts.shared, ...own },
    environments: entries(count, "e", (n) => {
      const cidr = `10.${Math.floor(n / 16)}.${(n % 16) * 16}.0/20`;
      return { branch: `e${n}`, cluster: "main", network: { cidr }, ingress: { http: true } };
    }),
    services: entries(services / count, "s", (n) => {
      return { port: 10_000 + n, path: `/s${n}`, healthCheckPath: `/s${n}/health` };
    }),
  });
}

function resourcesOf(file: string): number {
  type Blocks = Readonly<Record<string, object>>;
  const { resource = {}, data = {} } = JSON.parse(readFileSync(file, "utf8")) as Record<string, Blocks>;
  return [resource, data].flatMap(Object.values).flatMap(Object.keys).length;
}

export type Measurement = ReturnType<typeof measure>;

function measure(services: number) {
  const folder = mkdtempSync(join(tmpdir(), "codeseries-bench-"));
  try {
    const env = { CODESERIES_CONFIG: join(folder, "codeseries.yaml"), CDKTF_OUTDIR: join(folder, "out") };
    writeFileSync(env.CODESERIES_CONFIG, configurationFor(services, readFileSync("codeseries.yaml", "utf8")));
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    const { files } = synthesizeConfiguration(env);
    const { user, system } = process.cpuUsage(cpuStart);
    return {
      services,
      environments: environmentsFor(services),
      seconds: (performance.now() - start) / 1000,
      cpuSeconds: (user + system) / 1_000_000,
      megabytes: process.resourceUsage().maxRSS / 1024,
      resources: files.map(resourcesOf).reduce((sum, count) => sum + count, 0),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A new process for each size: a process keeps the peak of its memory. */
function measureInProcess(services: number): Measurement {
  const args = [__filename, "--measure", String(services)];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (run.status === 0) return JSON.parse(run.stdout) as Measurement;
  throw new Error(`${services} services: the process ended with ${run.signal ?? `exit code ${run.status}`}`);
}

const HEADINGS = "services,environments,resources,seconds,cpu s,peak MB,cpu s/1000,growth".split(",");
const line = (cells: readonly string[]) =>
  cells.map((cell, column) => cell.padStart(Math.max(7, HEADINGS[column]?.length ?? 0))).join("  ");

/** The table's line for one size. */
export function row(size: Measurement, before?: Measurement): string {
  const perThousand = ({ cpuSeconds, resources }: Measurement) => (cpuSeconds * 1000) / resources;
  return line([
    ...[size.services, size.environments, size.resources].map(String),
    ...[size.seconds, size.cpuSeconds].map((value) => value.toFixed(2)),
    size.megabytes.toFixed(0),
    perThousand(size).toFixed(2),
    before === undefined ? "" : (perThousand(size) / perThousand(before)).toFixed(2),
  ]);
}

/** Measures and prints what the options say, and returns the exit code. */
export function bench(args: string[], to: Pick<Console, "log" | "error">, measureSize = measureInProcess) {
  const { help, sizes, fault } = optionsOf(args);
  if (fault !== undefined) {
    to.error(fault);
    return 2;
  }
  to.log(help ? HELP : line(HEADINGS));
  let before: Measurement | undefined;
  for (const size of help ? [] : sizes) {
    const measured = measureSize(size);
    to.log(row(measured, before));
    before = measured;
  }
  return 0;
}

const [option, services] = process.argv.slice(2);
// Undefined in the bundle that scripts/run.mjs loads, and another module in a test of this file.
if (require.main === undefined) process.exitCode = bench(process.argv.slice(2), console);
if (require.main === module && option === "--measure") console.log(JSON.stringify(measure(Number(services))));
