import { limit } from "../process/limit";
import { dropChecksums, isInitialized, recordInitialization } from "./initialization";
import { runTerraform, type RunContext, type Stack } from "./run/run";

/** A provider cache must not be written by two runs of `terraform init` at the same time. */
const oneAtATime = limit(1);

/** `terraform init`, unless the stack's folder is initialized for its backend and providers. */
export async function initialize(context: RunContext, stack: Stack): Promise<void> {
  await oneAtATime(async () => {
    if (isInitialized(stack.folder)) return;
    await runTerraform(context, stack, "init", ["-json", "-reconfigure"]);
    if (context.comparesProviders === false) dropChecksums(stack.folder);
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
  /** The file that the plan is saved in, which contains secrets in plain text. @default - it is not saved */
  readonly file?: string;
  /** Whether the state is locked meanwhile. A plan that only informs does not keep others waiting. @default true */
  readonly lock?: boolean;
}

/**
 * `terraform plan`.
 *
 * @returns whether the plan changes anything.
 */
export async function plan(
  context: RunContext,
  stack: Stack,
  { file, lock = true }: PlanOptions = {},
): Promise<boolean> {
  const out = file === undefined ? [] : [`-out=${file}`];
  const args = ["-json", "-detailed-exitcode", `-lock=${String(lock)}`, ...out];
  return (await runTerraform(context, stack, "plan", args, [0, CHANGES])) === CHANGES;
}

/** `terraform apply` of a saved plan. */
export async function applyPlan(context: RunContext, stack: Stack, file: string): Promise<void> {
  await runTerraform(context, stack, "apply", ["-json", file]);
}

/**
 * Brings a stack to what was synthesized. `terraform apply` plans, too: two commands would read the
 * provider's schema twice, which takes a processor several seconds, and leave the state unlocked in between.
 */
export async function deployStack(context: RunContext, stack: Stack): Promise<void> {
  await initialize(context, stack);
  await runTerraform(context, stack, "apply", ["-json", "-auto-approve"]);
  context.progress.note(stack.progress.summary);
}
