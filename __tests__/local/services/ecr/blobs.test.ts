import { existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Blobs } from "../../../../src/local/services/ecr/blobs";
import { asRegistryError } from "../../../../src/local/services/ecr/registry-error";
import { digestOf } from "../../../support/registry-client";
import { temporaryFolder } from "../../../support/temporary-folder";

const one = { account: "111111111111", region: "eu-west-1", name: "one" };
const two = { ...one, name: "two" };
const folder = temporaryFolder();
let blobs: Blobs;
beforeEach(() => {
  blobs = new Blobs(folder.path, 10);
});

const bytes = (...pieces: string[]) => Readable.from(pieces.map((piece) => Buffer.from(piece)));
const uploads = () => readdirSync(join(folder.path, "uploads"));

test("a layer comes in parts", async () => {
  const id = blobs.begin(one);
  expect(await blobs.append(one, id, bytes("a", "b"))).toBe(2);
  expect(await blobs.append(one, id, bytes("c"))).toBe(3);
  await blobs.complete(one, id, digestOf("abc"));
  expect([blobs.size(one, digestOf("abc")), blobs.size(two, digestOf("abc")), uploads()]).toEqual([
    3,
    undefined,
    [],
  ]);
});

test("a layer over the limit leaves nothing on the disk", async () => {
  const id = blobs.begin(one);
  await expect(blobs.append(one, id, bytes("0123456789", "0"))).rejects.toMatchObject({ status: 413 });
  expect(uploads()).toEqual([]);
});

test("a connection that breaks leaves nothing on the disk", async () => {
  const id = blobs.begin(one);
  const broken = new Readable({ read: () => undefined });
  broken.push(Buffer.from("a"));
  setTimeout(() => broken.destroy(new Error("aborted")), 10);
  await expect(blobs.append(one, id, broken)).rejects.toThrow("aborted");
  expect(uploads()).toEqual([]);
});

// `/dev/full` is a disk without space.
(existsSync("/dev/full") ? test : test.skip)("a full disk is told in a sentence", async () => {
  const id = blobs.begin(one);
  rmSync(join(folder.path, "uploads", id));
  symlinkSync("/dev/full", join(folder.path, "uploads", id));
  const error: unknown = await blobs.append(one, id, bytes("abc")).catch((reason: unknown) => reason);
  expect(asRegistryError(error)).toMatchObject({
    status: 507,
    message: "the disk of the embedded AWS is full: the layer was not kept",
  });
  expect(uploads()).toEqual([]);
});

test("an upload is of one repository", async () => {
  await expect(blobs.append(two, blobs.begin(one), bytes("a"))).rejects.toMatchObject({
    code: "BLOB_UPLOAD_UNKNOWN",
  });
});

test("uploads that an earlier process has left are removed", () => {
  blobs.begin(one);
  new Blobs(folder.path, 10);
  expect(uploads()).toEqual([]);
});
