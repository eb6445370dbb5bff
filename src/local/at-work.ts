import { Failure } from "../process/failure";
import type { Reporter } from "../process/reporter";
import { down } from "./down";
import { runningEmulator, startEmulator, type Emulator } from "./emulator";
import { freePort } from "./port";
import { findPython } from "./python";

export interface AtWorkOptions {
  /** Where the stacks lie, synthesized. */
  readonly outdir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly reporter: Reporter;
  /** The port to listen on; nothing: a free one. */
  readonly port?: number;
  /** Throw away what is there first. */
  readonly recover: boolean;
}

/** The embedded AWS: the one that runs, or a new one. */
export async function atWork({ outdir, env, port, recover, reporter }: AtWorkOptions): Promise<Emulator> {
  const running = runningEmulator();
  const runsThere = running && (port === undefined || new URL(running.url).port === String(port));
  if (running && !recover) {
    if (!runsThere)
      throw new Failure(
        `the embedded AWS runs at ${running.url}: npm run local -- down, to have another port`,
      );
    reporter.say(`The embedded AWS runs at ${running.url} since ${running.since}`);
    return running;
  }
  // What can be in the way of a new one is known before the old one goes.
  const python = findPython(env, reporter);
  const free = runsThere && port !== undefined ? port : await freePort(port);
  // One that died, or was cut off while it started, has left things that lead nowhere.
  const ended = await down(outdir);
  if (recover) reporter.say(ended);
  const emulator = await startEmulator(python, free, env);
  reporter.say(`The embedded AWS runs at ${emulator.url} (process ${emulator.pid})`);
  return emulator;
}
