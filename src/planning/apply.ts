import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { BOOTSTRAP } from "../config/schema";
import { ExitCode, Failure, InputError } from "../errors";
import { limit } from "../process/limit";
import { applyPlan, initialize } from "../terraform/operations";
import { allSettled, dependenciesIn, inOrder, MAX_STACKS_AT_A_TIME } from "../terraform/order";
import { stackIn, type RunContext } from "../terraform/run/run";
import { stackFolder } from "../terraform/stack-folder";
import { inputDigest } from "./basis";
import { planFile, planJsonFile } from "./files";
import { readPlanJson, type PlanJson } from "./plan-json";
import { lockFileDigest, planInto, type Planned } from "./plan-stacks";
import { changeDigests, differingChanges } from "./record/digest";
import { planFacts } from "./record/plan-file";
import { recordFile, type ReviewedStack, type ReviewRecord } from "./record/record";
import {
  acceptable,
  differs,
  otherChanges,
  stackRefusals,
  unaccepted,
  type Refusal,
} from "./record/refusals";
import { configurationDigest } from "./review";
import { readsOf } from "./upstream/reads";

export interface ApplyOptions extends Planned {
  readonly record: ReviewRecord;
  /** Addresses of dangerous changes, and names of stacks that are not planned. */
  readonly accepted: readonly string[];
  /** The record of the review that a person approved elsewhere. */
  readonly approved?: ReviewRecord;
  /** Called with the plan of a stack after it was applied. */
  readonly onApplied: (stack: string, plan: PlanJson) => Promise<void>;
}

const AGAIN = "review again: npx codeseries review";

/**
 * Applies what was reviewed, and nothing else. Everything is compared before the first apply; a stack whose
 * plan rests on others is planned again after them, and applied only if its changes are the reviewed ones.
 *
 * @returns the stacks that were applied, and those that need another review, because what their plans rested
 * on was not known.
 * @throws Failure that names what differs; nothing was applied then, or nothing of that stack.
 */
export async function applyReviewed(context: RunContext, options: ApplyOptions) {
  const { accepted, approved, outdir, record } = options;
  const unknown = accepted.find((address) => !acceptable(record).includes(address));
  if (unknown !== undefined)
    throw new InputError(`--accept: ${unknown} is not the address of a dangerous change of this review`);
  refuse([
    ...(await Promise.all(record.stacks.map((stack) => refusalsOf(options, stack)))).flat(),
    ...(approved ? otherChanges(approved, record) : []),
    ...unaccepted(record, accepted),
  ]);
  const inTurn = limit(MAX_STACKS_AT_A_TIME);
  const names = record.stacks.filter(({ kind }) => kind !== "stubbed").map(({ name }) => name);
  const byName = new Map(record.stacks.map((stack) => [stack.name, stack]));
  try {
    const started = inOrder(dependenciesIn(outdir), names, "applied", (name) =>
      inTurn(() => applyStack(context, options, byName.get(name))),
    );
    const applied = await allSettled(context, started);
    return {
      applied: names.map((name, index) => ({ name, result: applied[index] ?? "" })),
      again: record.stacks.filter(({ kind }) => kind === "stubbed").map(({ name }) => name),
    };
  } finally {
    // A plan is of use only once, and contains secrets.
    for (const { name } of record.stacks)
      for (const file of [planFile(outdir, name), planJsonFile(outdir, name)]) rmSync(file, { force: true });
    rmSync(recordFile(outdir), { force: true });
  }
}

/** @throws Failure with all of them. */
function refuse(refusals: readonly Refusal[]): void {
  const [first] = refusals;
  if (!first) return;
  const isDangerous = refusals.some(({ exitCode }) => exitCode === ExitCode.dangerous);
  const next = refusals.every(({ text }) => text.endsWith("accepted"))
    ? "to accept one: --accept <address>"
    : AGAIN;
  const text = refusals.map((one) => one.text).join("\n");
  throw new Failure(`Nothing was applied:\n${text}`, next, isDangerous ? ExitCode.dangerous : first.exitCode);
}

async function refusalsOf({ outdir, stacks, states }: ApplyOptions, stack: ReviewedStack) {
  const { name } = stack;
  return stackRefusals(stack, {
    configuration: configurationDigest(stacks, name),
    lockFile: lockFileDigest(stackFolder(outdir, name)),
    plan: await planFacts(planFile(outdir, name)),
    state: await states.of(name),
  });
}

async function applyStack(context: RunContext, options: ApplyOptions, reviewed?: ReviewedStack) {
  if (!reviewed) return "";
  const { onApplied, outdir } = options;
  const { kind, name } = reviewed;
  const stack = stackIn(outdir, name);
  if (kind === "exact") await requireInputs(options, reviewed);
  await initialize(context, stack);
  const json =
    kind === "exact" ? readPlanJson(planJsonFile(outdir, name)) : await planInto(context, outdir, stack);
  const digests = changeDigests(json);
  // After bootstrap, its own plan is empty.
  if (Object.keys(digests).length === 0) return stack.progress.result;
  const addresses = differingChanges(reviewed.changes, digests);
  if (addresses.length > 0) throw new Failure(differs(name, addresses), AGAIN, ExitCode.dangerous);
  await applyPlan(context, stack, resolve(planFile(outdir, name)));
  context.progress.note(stack.progress.summary);
  await onApplied(name, json);
  return stack.progress.result;
}

/** What a kept plan read of other stacks must be what they have now, after they were applied. */
async function requireInputs({ stacks, states }: ApplyOptions, { inputs, name }: ReviewedStack) {
  for (const { outputs, upstream } of readsOf(stacks, name)) {
    const state = await states.of(upstream);
    if (inputDigest(outputs, (output) => state?.outputs?.[output]?.value) !== inputs[upstream])
      throw new Failure(
        `${name}: an output of ${upstream} is not what the plan was made with`,
        AGAIN,
        ExitCode.dangerous,
      );
  }
}

/** @throws Failure if the bucket of the states does not exist. */
export function requireBucket({ hasBucket }: Planned["states"], bucket: string): void {
  if (!hasBucket)
    throw new Failure(
      `the state bucket ${bucket} does not exist`,
      `to create it: npx codeseries ${BOOTSTRAP}`,
    );
}
