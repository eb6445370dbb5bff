import type { EmbeddedProject } from "./embedded-project";

/** The plans of stacks that are not empty; none if the deployed system is the configured one. */
export async function stacksWithChanges(system: EmbeddedProject, stacks: readonly string[]) {
  const plans = await Promise.all(
    stacks.map(async (stack) => {
      const { fault } = await system.terraform(stack, "plan", "-detailed-exitcode", "-no-color");
      return fault === "" ? [] : [`${stack}: ${fault}`];
    }),
  );
  return plans.flat();
}
