import type { EngineName } from "../engine/kind";
import type { Embedded } from "../reconcile/embedded";

/** How a process of the embedded AWS was started. */
export interface ProcessSettings {
  /** What one second stands for, in seconds. */
  readonly timeFactor: number;
  readonly engine: EngineName;
  /** A folder of executables that stand for the Lambda functions of hooks. @default - `.local/hooks` alone */
  readonly hookFolder?: string;
}

/** The variable in which a process gets its settings as JSON. */
export const SETTINGS_VARIABLE = "CODESERIES_LOCAL_PROCESS";

export const settingsFromEnvironment = () =>
  JSON.parse(process.env[SETTINGS_VARIABLE] ?? "") as ProcessSettings;

/** Runs until SIGTERM or SIGINT, then lets the work return. A second signal ends the process at once. */
export async function untilTerminated(
  { say }: Embedded,
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      abort.abort();
    });
  say(name, `started, process ${process.pid}`);
  await work(abort.signal);
  say(name, "ended");
  process.exit(0);
}
