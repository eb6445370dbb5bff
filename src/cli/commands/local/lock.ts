import { localFile, WORK_LOCK } from "../../../local/folder";

/** Runs work that changes the embedded AWS or the stacks' folders: one command at a time. */
export async function withLock<T>(work: () => Promise<T>): Promise<T> {
  const { exclusively } = await import("../../../process/exclusive");
  return exclusively(localFile(WORK_LOCK), "codeseries local or bootstrap", work);
}
