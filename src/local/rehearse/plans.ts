import { rmSync } from "node:fs";
import { join } from "node:path";
import { initialize, plan, PLAN_FILE } from "../../terraform/operations";
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
      const changes = await plan(context, stack);
      rmSync(join(stack.folder, PLAN_FILE), { force: true });
      return changes ? [name] : [];
    }),
  );
  return changed.flat();
}
