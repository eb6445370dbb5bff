import { setTimeout as wait } from "node:timers/promises";
import { causesOf } from "../../src/local/load/result";
import { loadInProcess, type SentLoad } from "./load-process";
import { KINDS, release, setKind, type Kind } from "./release";
import type { Soaked } from "./system";

/** The tasks of the last release's old version drain. */
const DRAIN_MS = 5_000;

export interface LoadOptions {
  readonly releases: number;
  readonly perSecond: number;
  /** @default - all */
  readonly kinds?: readonly Kind[];
}

/** A load as one line. */
export function loadText({ answered, failures, latencyMs, seconds, sent }: SentLoad): string {
  const kinds = causesOf(failures).join(", ");
  const latency = `p50 ${latencyMs.p50.toFixed(1)} ms, p99 ${latencyMs.p99.toFixed(1)} ms, max ${latencyMs.max.toFixed(0)} ms`;
  const failed = `${failures.length} failed${kinds && ` (${kinds})`}`;
  return `${sent} requests at ${(answered / seconds).toFixed(0)}/s, ${failed}; ${latency}`;
}

/** The version that the newest release serves must be the only one that answers. */
export async function requireVersion(url: string, version: string): Promise<void> {
  const got = (await fetch(url)).headers.get("x-version");
  if (got !== version) throw new Error(`version ${version} should serve, got ${got ?? "none"}`);
}

/** Releases in a row under load, of each kind in turn. @returns how many requests failed. */
export async function loadPart(soaked: Soaked, options: LoadOptions): Promise<number> {
  const { kinds = Object.keys(KINDS) as Kind[], perSecond, releases } = options;
  const end = loadInProcess({ url: soaked.url, perSecond });
  for (let count = 0; count < releases; count += 1) {
    const kind = kinds[count % kinds.length] ?? "canary";
    const version = `load-${count + 1}`;
    await setKind(soaked, kind);
    const { seconds } = await release(soaked, version);
    await requireVersion(soaked.url, version);
    soaked.say(`release ${count + 1}, ${kind}: ${seconds.toFixed(0)} s`);
  }
  await wait(DRAIN_MS);
  const load = await end();
  soaked.say(`${releases} releases under load: ${loadText(load)}`);
  for (const { atMs, what } of load.failures.slice(0, 20))
    soaked.say(`  ${what} at ${(atMs / 1000).toFixed(2)} s`);
  return load.failures.length;
}
