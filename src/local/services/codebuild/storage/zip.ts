import { createWriteStream, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { text } from "node:stream/consumers";
import { open, type Entry, type ZipFile as Archive } from "yauzl";
import { ZipFile } from "yazl";
import type { SelectedFile } from "../buildspec/file-sets";

/** Writes files into a zip file, without having them in memory. */
export async function zip(files: readonly SelectedFile[], target: string): Promise<void> {
  const archive = new ZipFile();
  const written = pipeline(archive.outputStream, createWriteStream(target));
  const failed = new Promise<never>((_, reject) => archive.on("error", reject));
  for (const { name, path } of files) archive.addFile(path, name);
  archive.end();
  await Promise.race([written, failed]);
}

const TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/**
 * Extracts a zip file into a folder, with modes and symbolic links.
 *
 * @param nameOf Where an entry goes; undefined leaves it out. @default - its own name
 * @throws Error if it is none, or has a name that leads out of the folder.
 */
export async function unzip(
  file: string,
  folder: string,
  nameOf: (name: string) => string | undefined = (name) => name,
): Promise<void> {
  const archive = await opened(file);
  // Links come last: no file is written through one.
  const links: (readonly [target: string, path: string])[] = [];
  for await (const entry of entriesOf(archive)) {
    const name = nameOf(entry.fileName);
    if (name === undefined) continue;
    const path = join(folder, name);
    const mode = entry.externalFileAttributes >>> 16;
    if (name.endsWith("/")) mkdirSync(path, { recursive: true });
    else {
      mkdirSync(dirname(path), { recursive: true });
      const content = await contentOf(archive, entry);
      if ((mode & TYPE) === SYMBOLIC_LINK) links.push([await text(content), path]);
      else await pipeline(content, createWriteStream(path, { mode: mode & 0o777 || 0o644 }));
    }
  }
  for (const [target, path] of links) symlinkSync(target, path);
}

const opened = (file: string) =>
  new Promise<Archive>((resolve, reject) => {
    open(file, { lazyEntries: true }, (error, archive) => {
      if (error) reject(error);
      else resolve(archive);
    });
  });

async function* entriesOf(archive: Archive): AsyncIterable<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      archive.once("entry", resolve);
      archive.once("end", () => {
        resolve(undefined);
      });
      archive.once("error", reject);
      archive.readEntry();
    });
    archive.removeAllListeners("entry").removeAllListeners("end").removeAllListeners("error");
    if (!entry) return;
    yield entry;
  }
}

const contentOf = (archive: Archive, entry: Entry) =>
  new Promise<Readable>((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });
