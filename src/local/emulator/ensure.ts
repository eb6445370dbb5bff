import { Failure } from "../../errors";
import type { Progress } from "../../process/progress";
import { down } from "../down";
import { runningEmulator, startEmulator, type Emulator } from "./emulator";
import { freePort } from "./port";
import { findPython } from "./python";

export interface EnsureOptions {
  /** The folder of the synthesized stacks. */
  readonly outdir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** The port to listen on. @default - a free port */
  readonly port?: number;
  /** Discards the embedded AWS that is running. */
  readonly recover: boolean;
}

/**
 * Returns the embedded AWS that is running, or starts one.
 *
 * @throws Failure if the one that is running has another port, or none can be started.
 */
export async function ensureEmulator({
  outdir,
  env,
  port,
  progress,
  recover,
}: EnsureOptions): Promise<Emulator> {
  const running = runningEmulator();
  const hasPort = running && (port === undefined || new URL(running.url).port === String(port));
  if (running && !recover) {
    if (!hasPort)
      throw new Failure(
        `the embedded AWS is running at ${running.url}; to use another port, stop it first: npx codeseries local down`,
      );
    progress.note(`The embedded AWS is running at ${running.url} since ${running.since}`);
    return running;
  }
  // Everything that can prevent a new one is checked before the old one is stopped.
  const python = findPython(env, progress);
  const free = hasPort && port !== undefined ? port : await freePort(port);
  // One that exited, or did not finish starting, has left files behind.
  const stopped = await down(outdir);
  if (recover) progress.note(stopped);
  const emulator = await startEmulator(python, free, env);
  progress.note(`The embedded AWS is running at ${emulator.url} (process ${emulator.pid})`);
  return emulator;
}
