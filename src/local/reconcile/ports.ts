import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { freePort } from "../emulator/port";
import { localFile } from "../folder";

const fileOf = (name: string) => localFile(`ports/${name}`);

/** The port of 127.0.0.1 that a server of the embedded AWS has; undefined if it was never started. */
export function knownPort(name: string): number | undefined {
  return existsSync(fileOf(name)) ? Number(readFileSync(fileOf(name), "utf8")) : undefined;
}

/**
 * The port for a server: the one that it had before, so that it can be started again without anybody noticing;
 * otherwise a free one, which is noted.
 */
export async function portFor(name: string): Promise<number> {
  const known = knownPort(name);
  const port = await freePort(known).catch(() => freePort());
  mkdirSync(dirname(fileOf(name)), { recursive: true });
  writeFileSync(fileOf(name), String(port));
  return port;
}

const nameOfListener = (listenerArn: string) => `listener-${listenerArn.split("/").at(-1) ?? ""}`;

/** The port on which the load balancer's process answers for a listener; undefined if it never did. */
export const listenerPort = (listenerArn: string) => knownPort(nameOfListener(listenerArn));
