import { endBlueAtOnce, release, setKind } from "./release";
import type { Soaked } from "./system";
import { memory, processorPercent, type Usage } from "./usage";

const FIRST = 20;

const MAX_GROWTH = 1.5;

/** A share of a core. */
const MAX_PERCENT_AT_REST = 10;
const REST_SECONDS = 60;

const names = ["controllers", "load balancer", "moto"] as const;

const text = (usage: Usage, unit: string, digits = 0) =>
  names.map((name) => `${name} ${usage[name].toFixed(digits)} ${unit}`).join(", ");

/** What the processes use at rest. @returns faults. */
export async function restPart({ say }: Soaked): Promise<string[]> {
  const percent = await processorPercent(REST_SECONDS);
  say(`at rest for ${REST_SECONDS} s: ${text(percent, "% of a core", 1)}`);
  return (["controllers", "load balancer"] as const)
    .filter((name) => percent[name] > MAX_PERCENT_AT_REST)
    .map(
      (name) =>
        `${name} uses ${percent[name].toFixed(1)} % of a core at rest, more than ${MAX_PERCENT_AT_REST} %`,
    );
}

/** Releases with the stand-in engine, which must not need more and more memory. @returns faults. */
export async function memoryPart(soaked: Soaked, releases: number): Promise<string[]> {
  await setKind(soaked, "all at once");
  await endBlueAtOnce(soaked);
  let first: Usage | undefined;
  for (let count = 1; count <= releases; count += 1) {
    await release(soaked, `memory-${count}`);
    if (count === FIRST) first = memory();
    if (count % FIRST === 0) soaked.say(`after ${count} releases: ${text(memory(), "MB")}`);
  }
  const last = memory();
  return names.flatMap((name) => {
    const growth = last[name] / (first?.[name] ?? NaN);
    soaked.say(`${name}: ${growth.toFixed(2)} times the memory after ${FIRST} releases`);
    return growth <= MAX_GROWTH ? [] : [`${name} grew ${growth.toFixed(2)} times, more than ${MAX_GROWTH}`];
  });
}
