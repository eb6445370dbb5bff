import { appendFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { Failure } from "../process/failure";
import type { Interruption } from "../process/interruption";
import type { Reporter } from "../process/reporter";
import { start } from "../process/running";
import { ErrorCollector } from "./errors";
import { StackProgress } from "./stack-progress";
import { readStackFile, resourceLabels } from "./stack-folder";

/** What runs of Terraform share. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly reporter: Reporter;
  /** The file that takes all that Terraform says. */
  readonly log: string;
  readonly interruption: Interruption;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Called with each line, free of colours. */
  readonly onLine: (line: string) => void;
  readonly cwd?: string;
  /** Variables beside those of the surroundings. */
  readonly env?: NodeJS.ProcessEnv;
  /** How to ask it to stop, where its own SIGINT is not the way. */
  readonly interrupt?: () => void;
  /** What the person sees of the run, second by second. */
  readonly status: () => string;
}

/**
 * Runs a program to its end, its words in the log and its state on the screen.
 *
 * @throws Interrupted once it has stopped, where the user asked for that.
 */
export async function run(surroundings: Surroundings, command: Command): Promise<number> {
  const { env, reporter, log, interruption } = surroundings;
  interruption.check();
  const running = start(command.program, command.args, {
    cwd: command.cwd,
    env: { ...env, ...command.env },
    onLine: (raw) => {
      const line = stripVTControlCharacters(raw);
      appendFileSync(log, `${line}\n`);
      command.onLine(line);
    },
  });
  const release = interruption.attach(command.interrupt ?? running.interrupt);
  const timer = setInterval(() => {
    reporter.status(command.status());
  }, 1000);
  try {
    return await running.ended;
  } finally {
    clearInterval(timer);
    reporter.clear();
    release();
    interruption.check();
  }
}

/**
 * One Terraform command in a stack's folder.
 *
 * @throws Failure with Terraform's own errors, where it fails.
 */
export async function terraform(
  surroundings: Surroundings,
  { stack, folder }: { readonly stack: string; readonly folder: string },
  args: readonly string[],
): Promise<StackProgress> {
  const progress = new StackProgress(stack, resourceLabels(readStackFile(folder)));
  const errors = new ErrorCollector();
  const code = await run(surroundings, {
    program: "terraform",
    args: [...args, "-input=false", "-no-color"],
    cwd: folder,
    onLine: (line) => {
      progress.take(line);
      errors.take(line);
    },
    status: () => (args[0] === "apply" ? progress.toString() : `${stack}: terraform ${args[0] ?? ""}`),
  });
  if (code !== 0)
    throw new Failure(
      `${stack}: terraform ${args[0] ?? ""} failed; all it said is in ${surroundings.log}\n${errors.text}`,
    );
  return progress;
}
