import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import { readEntry, UnreadableArchive } from "../src/read-entry";

async function archiveOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, text] of Object.entries(files)) archive.addBuffer(Buffer.from(text), name);
  archive.end();
  return buffer(archive.outputStream);
}

const LIMIT = 1_000;

test("a file is read by its path", async () => {
  const archive = await archiveOf({ "a.json": "{}", "b/a.json": "[]" });
  expect((await readEntry(archive, "b/a.json", LIMIT))?.toString()).toBe("[]");
  expect(await readEntry(archive, "b", LIMIT)).toBeUndefined();
});

test("a file that is too large when it is unpacked is refused", async () => {
  const archive = await archiveOf({ large: "x".repeat(LIMIT + 1), fits: "x".repeat(LIMIT) });
  expect((await readEntry(archive, "fits", LIMIT))?.length).toBe(LIMIT);
  await expect(readEntry(archive, "large", LIMIT)).rejects.toThrow("large has more than 1000 bytes");
});

test.each([
  ["no archive", Buffer.from("hello")],
  ["nothing", Buffer.alloc(0)],
])("%s is not readable", async (_, archive) => {
  await expect(readEntry(archive, "a", LIMIT)).rejects.toThrow(UnreadableArchive);
});

test("an archive that is cut off is not readable", async () => {
  const archive = await archiveOf({ a: "text ".repeat(100) });
  await expect(readEntry(archive.subarray(0, archive.length - 30), "a", LIMIT)).rejects.toThrow(
    UnreadableArchive,
  );
});
