import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { InputError } from "../../errors";

/** What became of a file. `kept`: another text is there, and it was not overwritten. */
export interface ScaffoldedFile {
  readonly file: string;
  readonly result: "written" | "unchanged" | "kept" | "overwritten";
  /** From the text that is, or was, there. */
  readonly diff?: string;
}

/**
 * Writes files, but over no other text unless `force` is given.
 *
 * @throws InputError if a folder is in the place of a file, before any is written.
 */
export function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  force: boolean,
): ScaffoldedFile[] {
  const paths = [...files].map(([name, text]) => ({ file: join(folder, name), text }));
  for (const { file } of paths) requireNoFolder(file);
  return paths.map(({ file, text }) => {
    const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    if (before === text) return { file, result: "unchanged" };
    if (before === undefined || force) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    if (before === undefined) return { file, result: "written" };
    const options = { headerOptions: FILE_HEADERS_ONLY };
    const diff = createTwoFilesPatch(file, file, before, text, "now", "scaffold", options);
    return { file, result: force ? "overwritten" : "kept", diff };
  });
}

function requireNoFolder(file: string): void {
  if (existsSync(file) && statSync(file).isDirectory())
    throw new InputError(
      `${file} is a folder, and scaffold writes a file there`,
      "move or remove the folder, then run scaffold again",
    );
}
