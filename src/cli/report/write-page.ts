import { writeFileSync } from "node:fs";
import { InputError } from "../../errors";

/** @throws InputError if the file cannot be written, so that this is not taken for a bad result. */
export function writePage(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new InputError(`--html: ${(error as Error).message}`);
  }
}
