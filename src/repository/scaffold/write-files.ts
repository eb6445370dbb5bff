import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/** What became of a file. `kept`: another text is there, and it was not overwritten. */
export interface ScaffoldedFile {
  readonly file: string;
  readonly result: "written" | "unchanged" | "kept" | "overwritten";
  /** From the text that is, or was, there. */
  readonly diff?: string;
}

/** Writes files, but over no other text unless `force` is given. */
export const writeFiles = (
  folder: string,
  files: ReadonlyMap<string, string>,
  force: boolean,
): ScaffoldedFile[] =>
  [...files].map(([name, text]) => {
    const file = join(folder, name);
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
