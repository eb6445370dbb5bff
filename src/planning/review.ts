import { reviewPlans, type Review } from "../review";
import { planFile, planJsonFile } from "./files";
import type { StackPlan } from "./plan-stacks";
import { canonicalJson, changeDigests, sha256 } from "./record/digest";
import { planFacts } from "./record/plan-file";
import type { ReviewedStack, ReviewRecord } from "./record/record";
import type { Stacks } from "../synthesis/synthesized";

/** What is compared of a synthesized stack. */
export const configurationDigest = (stacks: Stacks, name: string): string | undefined =>
  stacks[name] && sha256(canonicalJson(stacks[name]));

/** Judges planned stacks, and records what `apply` compares. */
export async function reviewed(
  outdir: string,
  stacks: Stacks,
  plans: readonly StackPlan[],
): Promise<{ review: Review; record: Pick<ReviewRecord, "stacks"> }> {
  const review = reviewPlans(
    plans.map(({ name, restsOn }) => {
      return { name, file: planJsonFile(outdir, name), restsOn, correctsRoutes: true };
    }),
  );
  const records = plans.map(async ({ json, ...plan }): Promise<ReviewedStack> => {
    const judged = review.stacks.find(({ name }) => name === plan.name);
    const dangerous = (judged?.changes ?? []).filter(({ verdict }) => verdict === "dangerous");
    return {
      ...plan,
      restsOn: [...plan.restsOn],
      configuration: configurationDigest(stacks, plan.name) ?? "",
      changes: changeDigests(json),
      dangerous: [...new Set(dangerous.map(({ address }) => address))],
      plan: (await planFacts(planFile(outdir, plan.name))) ?? null,
    };
  });
  return { review, record: { stacks: await Promise.all(records) } };
}
