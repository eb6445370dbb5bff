import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../errors";
import { limit } from "../process/limit";
import { deployStack } from "./operations";
import { stackIn, type RunContext } from "./run/run";

/** Terraform and the AWS provider take about 1 GB of memory a stack. */
const MAX_STACKS_AT_A_TIME = 4;

/**
 * Deploys synthesized stacks: those that do not depend on each other at the same time, the others after
 * their dependencies. If a stack fails, the others are finished, but no stack that depends on it starts.
 *
 * @throws Failure with the errors of every stack that failed.
 */
export async function deploy(context: RunContext, outdir: string, stacks: readonly string[]): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
    readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] } | undefined>>;
  };
  const inTurn = limit(MAX_STACKS_AT_A_TIME);
  const started = new Map<string, Promise<void>>();

  const run = async (name: string) => {
    const dependencies = (manifest.stacks[name]?.dependencies ?? []).filter((one) => stacks.includes(one));
    await Promise.all(dependencies.map(startOnce)).catch(() => {
      throw new Failure(`${name}: not deployed, because a stack that it depends on failed`);
    });
    await inTurn(() => deployStack(context, stackIn(outdir, name)));
  };
  const startOnce = (name: string): Promise<void> => {
    const deployment = started.get(name) ?? run(name);
    started.set(name, deployment);
    return deployment;
  };
  await allSettled(context, stacks.map(startOnce));
}

/**
 * Waits for all work to end, whatever fails.
 *
 * @throws Interrupted if the user stopped it, else the error, or one Failure with the messages of several.
 */
export async function allSettled(context: RunContext, work: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(work);
  context.interruption.check();
  const errors = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
  const unexpected = errors.find((error) => !(error instanceof Failure));
  const messages = errors.map(({ message }) => message).join("\n");
  const error = unexpected ?? (errors.length > 1 ? new Failure(messages) : errors[0]);
  if (error) throw error;
}
