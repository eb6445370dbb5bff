import { fromBuffer, type Entry, type ZipFile } from "yauzl";

/** An archive that cannot be read, or a file of it that is larger than allowed. */
export class UnreadableArchive extends Error {}

/**
 * One file of a ZIP archive.
 *
 * @param name Its path in the archive, with slashes.
 * @param limit Bytes. A file that has more when it is unpacked is not read further.
 * @returns undefined if the archive does not have it.
 * @throws UnreadableArchive
 */
export async function readEntry(archive: Buffer, name: string, limit: number): Promise<Buffer | undefined> {
  const zip = await open(archive);
  try {
    const entry = await find(zip, name);
    return entry && (await unpack(zip, entry, limit));
  } catch (error) {
    throw error instanceof UnreadableArchive ? error : new UnreadableArchive((error as Error).message);
  } finally {
    zip.close();
  }
}

const open = (archive: Buffer) =>
  new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (error, zip) => {
      if (error) reject(new UnreadableArchive(error.message));
      else resolve(zip);
    });
  });

const find = (zip: ZipFile, name: string) =>
  new Promise<Entry | undefined>((resolve, reject) => {
    zip.on("entry", (entry: Entry) => {
      if (entry.fileName === name) resolve(entry);
      else zip.readEntry();
    });
    zip.once("end", () => {
      resolve(undefined);
    });
    zip.once("error", reject);
    zip.readEntry();
  });

async function unpack(zip: ZipFile, entry: Entry, limit: number): Promise<Buffer> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > limit) throw new UnreadableArchive(`${entry.fileName} has more than ${limit} bytes`);
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
