import { limit } from "../process/limit";
import { deployStack } from "./operations";
import { allSettled, dependenciesIn, inOrder, MAX_STACKS_AT_A_TIME } from "./order";
import { stackIn, type RunContext } from "./run/run";

/**
 * Deploys synthesized stacks: those that do not depend on each other at the same time, the others after
 * their dependencies. If a stack fails, the others are finished, but no stack that depends on it starts.
 *
 * @throws Failure with the errors of every stack that failed.
 */
export async function deploy(context: RunContext, outdir: string, stacks: readonly string[]): Promise<void> {
  const inTurn = limit(MAX_STACKS_AT_A_TIME);
  const started = inOrder(dependenciesIn(outdir), stacks, "deployed", (name) =>
    inTurn(() => deployStack(context, stackIn(outdir, name))),
  );
  await allSettled(context, started);
}
