import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../errors";
import type { RunContext } from "./run/run";

/** Terraform and the AWS provider take about 1 GB of memory a stack. */
export const MAX_STACKS_AT_A_TIME = 4;

/** The stacks that each stack comes after, by name. */
export type Dependencies = Readonly<Record<string, readonly string[]>>;

/** What the manifest of a synthesis says of its stacks. */
export function dependenciesIn(outdir: string): Dependencies {
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
    readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
  };
  return Object.fromEntries(Object.entries(stacks).map(([name, { dependencies }]) => [name, dependencies]));
}

/**
 * Starts work for each stack: at once for those that depend on no other of them, for the others after their
 * dependencies. If one fails, no stack that depends on it starts.
 *
 * @param done What the work does with a stack, for the message about one that does not start.
 * @returns the outcome of each stack, in the order of `stacks`.
 */
export function inOrder<T>(
  all: Dependencies,
  stacks: readonly string[],
  done: string,
  work: (name: string) => Promise<T>,
): Promise<T>[] {
  const started = new Map<string, Promise<T>>();
  const run = async (name: string) => {
    const dependencies = (all[name] ?? []).filter((one) => stacks.includes(one));
    await Promise.all(dependencies.map(startOnce)).catch(() => {
      throw new Failure(`${name}: not ${done}, because a stack that it depends on failed`);
    });
    return work(name);
  };
  const startOnce = (name: string): Promise<T> => {
    const outcome = started.get(name) ?? run(name);
    started.set(name, outcome);
    return outcome;
  };
  return stacks.map(startOnce);
}

/**
 * Waits for all work to end, whatever fails.
 *
 * @returns the results.
 * @throws Interrupted if the user stopped it, else the error, or one Failure with the messages of several.
 */
export async function allSettled<T>(context: RunContext, work: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(work);
  context.interruption.check();
  const errors = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
  const unexpected = errors.find((error) => !(error instanceof Failure));
  const failures = errors.filter((error) => error instanceof Failure);
  const error = unexpected ?? (failures.length > 1 ? together(failures) : failures[0]);
  if (error) throw error;
  return outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** Of several exit codes the most specific: those after 1 say more than that something failed. */
const together = (errors: readonly Failure[]) =>
  new Failure(
    errors.map(({ message }) => message).join("\n"),
    errors.find(({ next }) => next !== undefined)?.next,
    errors.map(({ exitCode }) => exitCode).reduce((worst, one) => (one > worst ? one : worst)),
  );
