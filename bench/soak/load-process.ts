/** Sends the load from a process of its own: a push, which waits for Git, must not delay requests. */
import { fork } from "node:child_process";
import { startLoad, type LoadOptions } from "../../src/local/load/load";
import type { LoadResult } from "../../src/local/load/result";

type Wanted = Pick<LoadOptions, "url" | "perSecond">;

export interface SentLoad extends LoadResult {
  readonly seconds: number;
}

/** Begins to send requests. @returns how to end it, which gives what was counted. */
export function loadInProcess(wanted: Wanted): () => Promise<SentLoad> {
  const child = fork(__filename, { execArgv: ["--import", "tsx"] });
  const result = new Promise<SentLoad>((resolve, reject) => {
    child.once("message", (message) => {
      resolve(message as SentLoad);
    });
    child.once("exit", (code) => {
      reject(new Error(`the process of the load exited with ${code}`));
    });
  });
  // The caller awaits it at the end; until then nothing does.
  result.catch(() => undefined);
  child.send(wanted);
  return async () => {
    child.send("end");
    return result;
  };
}

function send(wanted: Wanted): void {
  const stop = new AbortController();
  const began = performance.now();
  process.once("message", () => {
    stop.abort();
  });
  void startLoad({ ...wanted, signal: stop.signal }).done.then((result) => {
    const seconds = (performance.now() - began) / 1000;
    process.send?.({ ...result, seconds }, () => process.exit(0));
  });
}

if (require.main === module) {
  process.once("message", (wanted) => {
    send(wanted as Wanted);
  });
  // An error may end the other process.
  process.once("disconnect", () => process.exit());
}
