import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Addresses } from "../../../src/local/engine/addresses";
import { writeWhole } from "../../../src/local/engine/notes";

const IP = "10.0.0.4";
const MINUTE_SECONDS = 60;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "codeseries-addresses-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const noteAt = (port: number) => JSON.stringify({ address: IP, endpoints: { ports: { 8080: port } } });
const write = (port: number) => {
  writeWhole(join(folder, "task.json"), noteAt(port));
};
const wasChangedAgo = (seconds: number) => {
  const at = Date.now() / 1000 - seconds;
  utimesSync(folder, at, at);
};
const portOf = (addresses: Addresses) => addresses.reachable(IP, 8080)?.port;

test("a task is reached where its newest note says, and no more once the note is gone", async () => {
  const addresses = new Addresses(() => folder);
  await addresses.refresh();
  expect(portOf(addresses)).toBeUndefined();
  for (const port of [1, 2, 3]) {
    write(port);
    await addresses.refresh();
    expect(portOf(addresses)).toBe(port);
  }
  rmSync(join(folder, "task.json"));
  await addresses.refresh();
  expect(portOf(addresses)).toBeUndefined();
});

test("a folder of notes that is gone holds none", async () => {
  const addresses = new Addresses(() => join(folder, "none"));
  await addresses.refresh();
  expect(portOf(addresses)).toBeUndefined();
});

test.each([
  ["is not read again if it has not changed", MINUTE_SECONDS, 1],
  ["is read again if it was just changed: the next change may have the same time", 0, 2],
])("a folder of notes %s", async (_, secondsAgo, expected) => {
  const addresses = new Addresses(() => folder);
  write(1);
  wasChangedAgo(secondsAgo);
  await addresses.refresh();
  // In place: the folder keeps its time, as after two changes in the same tick of the clock.
  writeFileSync(join(folder, "task.json"), noteAt(2));
  await addresses.refresh();
  expect(portOf(addresses)).toBe(expected);
});
