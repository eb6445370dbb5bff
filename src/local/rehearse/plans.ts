import { initialize, plan } from "../../terraform/operations";
import { stackIn, type RunContext } from "../../terraform/run/run";

/** The stacks whose plan changes something. */
export async function changedStacks(
  context: RunContext,
  outdir: string,
  stacks: readonly string[],
): Promise<string[]> {
  const changed = await Promise.all(
    stacks.map(async (name) => {
      const stack = stackIn(outdir, name);
      await initialize(context, stack);
      return (await plan(context, stack)) ? [name] : [];
    }),
  );
  return changed.flat();
}
