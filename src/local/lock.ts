import { exclusively } from "../process/exclusive";
import { localFile } from "./folder";

/** Runs work that changes the embedded AWS or the stacks' folders: one command at a time. */
export const withLock = <T>(work: () => Promise<T>) =>
  exclusively(localFile("lock.json"), "codeseries command", work);
