import { cpus, release as kernel, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { killsPart } from "./kills";
import { loadPart } from "./load";
import { memoryPart, restPart } from "./memory";
import { proxyPart } from "./proxy";
import { withSystem } from "./system";

const PARTS = ["load", "kills", "proxy", "memory"] as const;
type Part = (typeof PARTS)[number];

const HELP = `Usage: npm run --silent soak [-- [${PARTS.join("|")}]... [--releases <number>] [--load <number>]]

Deploys the shipped system into an embedded AWS of its own, and releases to it until a fault would show:

  load    releases in a row, all at once, canary and linear in turn, with real containers, under load:
          no request may fail
  kills   the controllers are killed at five points of a release under load: no request may fail
  proxy   how much later an answer comes through the load balancer
  memory  releases with stand-ins: processor time at rest, memory after 20 releases and at the end

It needs buildah, Debian's busybox-static and the rights of root. All parts take about an hour.

Options:
  --releases <number>  of the parts load (10) and memory (200)
  --load <number>      requests a second (500)

Exit codes: 0 done, 1 a limit was exceeded, 2 invalid option.`;

const options = {
  releases: { type: "string" },
  load: { type: "string", default: "500" },
  help: { type: "boolean", short: "h" },
} as const;

const machine = () =>
  `Node.js ${process.versions.node}, Linux ${kernel()}, ${cpus().length} cores (${cpus()[0]?.model ?? ""}), ${Math.round(totalmem() / 2 ** 30)} GB`;

/** Requests that failed, as a fault. */
const lost = (part: Part, failed: number) => (failed === 0 ? [] : [`${part}: ${failed} requests failed`]);

/** How many releases a part makes if no option says it. */
const RELEASES = { load: 10, memory: 200 } as const;

async function soak(parts: readonly Part[], given: number | undefined, perSecond: number): Promise<string[]> {
  const faults: string[] = [];
  const wanted = (part: Part) => parts.includes(part);
  console.log(machine());
  if (wanted("load") || wanted("kills") || wanted("proxy"))
    await withSystem("buildah", async (soaked) => {
      if (wanted("load"))
        faults.push(...lost("load", await loadPart(soaked, { releases: given ?? RELEASES.load, perSecond })));
      if (wanted("kills")) faults.push(...lost("kills", await killsPart(soaked, perSecond)));
      if (wanted("proxy")) await proxyPart(soaked);
    });
  if (wanted("memory"))
    await withSystem("none", async (soaked) => {
      faults.push(...(await restPart(soaked)), ...(await memoryPart(soaked, given ?? RELEASES.memory)));
    });
  return faults;
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.find((name) => !PARTS.some((part) => part === name));
  const releases = values.releases === undefined ? undefined : Number(values.releases);
  const perSecond = Number(values.load);
  if (values.help) console.log(HELP);
  else if (unknown !== undefined || !((releases ?? 1) >= 1) || !(perSecond >= 1)) {
    console.error(HELP);
    return 2;
  } else {
    const parts = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part));
    const faults = await soak(parts, releases, perSecond);
    for (const fault of faults) console.error(fault);
    return faults.length === 0 ? 0 : 1;
  }
  return 0;
}

void main().then((code) => (process.exitCode = code));
