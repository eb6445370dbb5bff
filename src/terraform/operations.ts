import { rmSync } from "node:fs";
import { join } from "node:path";
import { limit } from "../process/limit";
import { isInitialized, recordInitialization } from "./initialization";
import { runTerraform, type RunContext, type Stack } from "./run/run";

/** Below `.terraform`, which no repository holds: a saved plan contains secrets in plain text. */
export const PLAN_FILE = join(".terraform", "codeseries.tfplan");

/** A provider cache must not be written by two runs of `terraform init` at the same time. */
const oneAtATime = limit(1);

/** `terraform init`, unless the stack's folder is initialized for its backend and providers. */
export async function initialize(context: RunContext, stack: Stack): Promise<void> {
  await oneAtATime(async () => {
    if (isInitialized(stack.folder)) return;
    await runTerraform(context, stack, "init", ["-json", "-reconfigure"]);
    recordInitialization(stack.folder);
  });
}

/** Moves a stack's state to the backend that its folder names now; Terraform has no `-json` for it. */
export async function migrateState(context: RunContext, stack: Stack): Promise<void> {
  await oneAtATime(() => runTerraform(context, stack, "init", ["-migrate-state", "-force-copy"]));
  recordInitialization(stack.folder);
}

/** What `-detailed-exitcode` makes of a plan that changes something, if only an output. */
const CHANGES = 2;

export interface PlanOptions {
  /** The file that the plan is saved in. @default - one in the stack's folder */
  readonly file?: string;
  /** Whether the state is locked meanwhile. A plan that only informs does not keep others waiting. @default true */
  readonly lock?: boolean;
}

/**
 * `terraform plan`, saved.
 *
 * @returns whether the plan changes anything.
 */
export async function plan(
  context: RunContext,
  stack: Stack,
  { file = PLAN_FILE, lock = true }: PlanOptions = {},
): Promise<boolean> {
  const args = ["-json", "-detailed-exitcode", `-lock=${String(lock)}`, `-out=${file}`];
  return (await runTerraform(context, stack, "plan", args, [0, CHANGES])) === CHANGES;
}

/** `terraform apply` of a saved plan. */
export async function applyPlan(context: RunContext, stack: Stack, file: string): Promise<void> {
  await runTerraform(context, stack, "apply", ["-json", file]);
}

/** Brings a stack to what was synthesized: applies the saved plan, which does not read the resources twice. */
export async function deployStack(context: RunContext, stack: Stack): Promise<void> {
  await initialize(context, stack);
  try {
    if (await plan(context, stack)) await applyPlan(context, stack, PLAN_FILE);
  } finally {
    rmSync(join(stack.folder, PLAN_FILE), { force: true });
  }
  context.progress.note(stack.progress.summary);
}
