import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Failure } from "../../errors";
import type { Interruption } from "../../process/interruption";
import type { Progress } from "../../process/progress";
import { start } from "../../process/running";
import { readEvent } from "./events";
import { LiveLine } from "./live-line";
import { recordRun } from "./run-records";
import { readStackFile, resourceLabels, stackFolder } from "../stack-folder";
import { StackProgress } from "./stack-progress";

/** What all runs of Terraform in one command share. */
export interface RunContext {
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly live: LiveLine;
  readonly interruption: Interruption;
  /** The file that receives Terraform's messages. */
  readonly log: string;
  /** The folder for Terraform's output and for the records of its processes. */
  readonly runs: string;
  /** Whether each command compares the installed providers with the lock file. @default true */
  readonly comparesProviders?: boolean;
}

/** The context of a command; its log is empty. */
export function runContext(parts: Omit<RunContext, "live">): RunContext {
  writeFileSync(parts.log, "");
  return { ...parts, live: new LiveLine(parts.progress) };
}

/** A synthesized stack, and how far Terraform is with it. */
export type Stack = ReturnType<typeof stackIn>;

/** @throws Failure if the stack was not synthesized. */
export function stackIn(outdir: string, name: string) {
  // Absolute, because Terraform runs there.
  const folder = resolve(stackFolder(outdir, name));
  return { name, folder, progress: new StackProgress(name, resourceLabels(readStackFile(folder))) };
}

/**
 * Runs a Terraform command, such as `apply`, in a stack's folder.
 *
 * @param accepted Exit codes that are not failures.
 * @returns its exit code.
 * @throws Failure with Terraform's errors if it fails.
 * @throws Interrupted after it has ended, if the user asked it to stop.
 */
export async function runTerraform(
  context: RunContext,
  stack: Stack,
  command: string,
  args: readonly string[],
  accepted: readonly number[] = [0],
): Promise<number> {
  const { env, interruption, live, log, runs } = context;
  interruption.check();
  mkdirSync(runs, { recursive: true });
  stack.progress.begin(command);
  const running = start("terraform", [command, "-input=false", "-no-color", ...args], {
    cwd: stack.folder,
    env,
    output: join(runs, `${stack.name}.${command}.log`),
    onLine: (line) => {
      const event = readEvent(line);
      appendFileSync(log, `${stack.name}: ${event?.["@message"] ?? line}\n`);
      stack.progress.receive(event ?? line);
    },
  });
  const removeRecord = recordRun(runs, stack.name, running.pid);
  const detach = interruption.attach(running.interrupt);
  const code = await live.during(stack.progress, running.ended).finally(() => {
    detach();
    removeRecord();
  });
  interruption.check();
  if (!accepted.includes(code))
    throw new Failure(
      `${stack.name}: terraform ${command} failed with exit code ${code}\n${stack.progress.failure}`,
    );
  return code;
}
