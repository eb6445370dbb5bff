import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { localFile } from "../../folder";
import { readJson, taskFolder, taskIds } from "../notes";
import { outcomeOf, outputOf } from "../run-program";

/** Where a task is on the bridge. */
interface Attachment {
  readonly address: string;
}

const hash = () => createHash("sha256").update(localFile(".")).digest();

/** A bridge of each `.local`; names of devices have at most 15 characters. */
export const bridgeName = () => `cs-${hash().toString("hex").slice(0, 8)}`;

/** A /24 of 198.18.0.0/15, the range for benchmarks, which nothing routes. */
export function subnet(): string {
  const [first = 0, second = 0] = hash();
  return `198.${18 + (first % 2)}.${second}`;
}

/** The MAC address of an address: one that is reused must not meet an old entry of ARP. */
export const macOf = (address: string) =>
  ["02", "42", ...address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"))].join(":");

const fileOf = (task: string) => join(taskFolder(task), "attachment.json");

export const attachmentOf = (task: string) => readJson(fileOf(task)) as Attachment | undefined;

/** The next address that no task has, noted at once. */
function takeAddress(task: string): string {
  const taken = new Set(taskIds().flatMap((id) => attachmentOf(id)?.address ?? []));
  for (let host = 2; host < 255; host++) {
    const address = `${subnet()}.${host}`;
    if (taken.has(address)) continue;
    mkdirSync(taskFolder(task), { recursive: true, mode: 0o700 });
    const file = openSync(fileOf(task), "w", 0o600);
    writeSync(file, JSON.stringify({ address }));
    closeSync(file);
    return address;
  }
  throw new Error(`${subnet()}.0/24 has no free address`);
}

const ip = (...args: readonly string[]) => outputOf("ip", args);

/** Makes the bridge. @returns false if this process may not. */
export async function makeBridge(): Promise<boolean> {
  const name = bridgeName();
  const { code, stderr } = await outcomeOf("ip", ["link", "add", name, "type", "bridge"]);
  if (code !== 0 && !stderr.includes("File exists")) return false;
  await ip("address", "replace", `${subnet()}.1/24`, "dev", name);
  await ip("link", "set", name, "up");
  return true;
}

/** Joins the network of a process to the bridge. */
export async function attach(task: string, pid: number): Promise<void> {
  const address = takeAddress(task);
  const device = `csv${task.slice(0, 10)}`;
  const inside = ["nsenter", "--target", String(pid), "--net", "ip"];
  const run = ([file = "", ...args]: readonly string[]) => outputOf(file, args);
  await ip(
    ...["link", "add", device, "type", "veth"],
    ...["peer", "name", "eth0", "address", macOf(address), "netns", String(pid)],
  );
  await ip("link", "set", device, "master", bridgeName(), "up");
  await run([...inside, "address", "add", `${address}/24`, "dev", "eth0"]);
  await run([...inside, "link", "set", "eth0", "up"]);
  await run([...inside, "route", "add", "default", "via", `${subnet()}.1`]);
}

/** Deletes the bridge, if there is one. */
export const deleteBridge = () => outcomeOf("ip", ["link", "delete", bridgeName()]);
