import type { EmbeddedProject } from "./embedded-project";

/** Stacks whose plan is not empty; none, where what stands is what the configuration says. */
export async function stacksWithChanges(system: EmbeddedProject, stacks: readonly string[]) {
  const plans = await Promise.all(
    stacks.map(async (stack) => {
      const { code, out, err } = await system.terraform(stack, "plan", "-detailed-exitcode", "-no-color");
      return code === 0 ? [] : [`${stack}: ${out}${err}`];
    }),
  );
  return plans.flat();
}
