import type { EmbeddedProject } from "./embedded-project";

/** The plans of stacks that are not empty; none if the deployed system is the configured one. */
export async function stacksWithChanges(system: EmbeddedProject, stacks: readonly string[]) {
  const plans = await Promise.all(
    stacks.map(async (stack) => {
      const { code, out, err } = await system.terraform(stack, "plan", "-detailed-exitcode", "-no-color");
      return code === 0 ? [] : [`${stack}: ${out}${err}`];
    }),
  );
  return plans.flat();
}
