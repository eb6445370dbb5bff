import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { limit } from "../process/limit";
import type { Stacks } from "../synthesis/synthesized";
import { LOCK_FILE } from "../terraform/initialization";
import { initialize, plan } from "../terraform/operations";
import { allSettled, dependenciesIn, inOrder, MAX_STACKS_AT_A_TIME } from "../terraform/order";
import { stackIn, type RunContext, type Stack } from "../terraform/run/run";
import { showPlan } from "../terraform/run/show";
import { basisOf, type Basis } from "./basis";
import { writeCopy } from "./copy";
import { planFile, planJsonFile, reviewFolder } from "./files";
import { outputsOf, readPlanJson, type PlanJson } from "./plan-json";
import { sha256 } from "./record/digest";
import type { States } from "./states";

/** Synthesized stacks, and where their states are. */
export interface Planned {
  readonly outdir: string;
  /** Every synthesized stack, whether it is planned or not. */
  readonly stacks: Stacks;
  readonly states: States;
}

/** A stack, what it was planned on, and its plan. */
export interface StackPlan extends Omit<Basis, "stubs"> {
  readonly name: string;
  readonly json: PlanJson;
  /** Of the folder that it was planned in. */
  readonly lockFile: string | null;
}

export const lockFileDigest = (folder: string) =>
  existsSync(join(folder, LOCK_FILE)) ? sha256(readFileSync(join(folder, LOCK_FILE))) : null;

/** `terraform plan` and `terraform show -json`, into the folder of the review. The state is not locked. */
export async function planInto(context: RunContext, outdir: string, stack: Stack): Promise<PlanJson> {
  const file = resolve(planFile(outdir, stack.name));
  const json = planJsonFile(outdir, stack.name);
  await initialize(context, stack);
  await plan(context, stack, { file, lock: false });
  await showPlan(context, stack, file, json);
  return readPlanJson(json);
}

/**
 * Plans stacks: those that do not depend on each other side by side, the others on what the plans of their
 * upstreams say. Nothing is applied. Plan files that could be applied are kept.
 *
 * @param names The stacks to plan.
 * @throws Failure with the errors of every stack that cannot be planned.
 */
export async function planStacks(
  context: RunContext,
  { outdir, stacks, states }: Planned,
  names: readonly string[],
): Promise<StackPlan[]> {
  const { hasBucket } = states;
  mkdirSync(reviewFolder(outdir), { recursive: true, mode: 0o700 });
  const stored = new Map(
    await Promise.all(names.map(async (name) => [name, await states.of(name)] as const)),
  );
  const plans = new Map<string, PlanJson>();
  const upstreams = {
    hasBucket,
    planned: (name: string) => outputsOf(plans.get(name) ?? {}),
    current: (name: string) => stored.get(name)?.outputs ?? {},
  };
  const inTurn = limit(MAX_STACKS_AT_A_TIME);
  const started = inOrder(dependenciesIn(outdir), names, "planned", (name) =>
    inTurn(async () => {
      const { stubs, ...basis } = basisOf(stacks, name, upstreams);
      const own = stackIn(outdir, name);
      const folder =
        basis.kind === "exact"
          ? own.folder
          : resolve(writeCopy(outdir, name, hasBucket, { stubs, ...basis }));
      const json = await planInto(context, outdir, { ...own, folder });
      // A plan on what does not exist yet must not be applied, by nobody.
      if (basis.kind !== "exact") rmSync(planFile(outdir, name));
      plans.set(name, json);
      return { ...basis, name, json, lockFile: lockFileDigest(folder) };
    }),
  );
  return allSettled(context, started);
}
