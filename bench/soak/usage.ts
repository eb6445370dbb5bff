import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { lastEmulator } from "../../src/local/emulator/emulator";
import { lastProcess } from "../../src/local/processes/start";

/** The processes of the embedded AWS, by what each is. */
export type Usage = Readonly<Record<"controllers" | "load balancer" | "moto", number>>;

const KIB = 1024;

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

function pids(): Usage {
  const pid = (one: { readonly pid: number } | undefined) => one?.pid ?? 0;
  return {
    controllers: pid(lastProcess("controllers")),
    "load balancer": pid(lastProcess("load-balancer")),
    moto: pid(lastEmulator()),
  };
}

const each = (of: (pid: number) => number): Usage => {
  const { controllers, moto, "load balancer": loadBalancer } = pids();
  return { controllers: of(controllers), "load balancer": of(loadBalancer), moto: of(moto) };
};

/** Resident memory in MB. @see proc_pid_status(5) */
export const memory = (): Usage =>
  each((pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / KIB);

/** Seconds of processor time since the start. @see proc_pid_stat(5), fields 14 and 15 */
const processorSeconds = (): Usage =>
  each((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  });

/** Percent of a core that each process uses in the next seconds. */
export async function processorPercent(seconds: number): Promise<Usage> {
  const before = processorSeconds();
  await wait(seconds * 1000);
  const after = processorSeconds();
  const percent = (name: keyof Usage) => ((after[name] - before[name]) / seconds) * 100;
  return {
    controllers: percent("controllers"),
    "load balancer": percent("load balancer"),
    moto: percent("moto"),
  };
}
