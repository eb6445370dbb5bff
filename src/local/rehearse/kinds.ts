import { InputError } from "../../errors";
import type { EngineName } from "../engine/kind";
import type { Delivery } from "../../system/system";

/** What can go wrong in a rehearsal. */
export const FAILURES = ["build", "unhealthy", "5xx", "hook", "alarm", "crash", "approval"] as const;

export type FailureKind = (typeof FAILURES)[number];

/** A release that should succeed, or one kind of failure. */
export type RehearsalKind = FailureKind | "release";

/** How AWS ends a rehearsal. */
export interface Expected {
  readonly execution: "Succeeded" | "Failed";
  /** The category of the action that fails. */
  readonly failedAction?: "Build" | "Deploy" | "Approval";
  /** Which version serves afterwards. */
  readonly serving: "new" | "old";
  /** Whether users may meet the broken version before it is taken back. */
  readonly mayLoseRequests: boolean;
}

const failsAt = (failedAction: Expected["failedAction"], mayLoseRequests = false): Expected => ({
  execution: "Failed",
  failedAction,
  serving: "old",
  mayLoseRequests,
});

export const EXPECTED: Readonly<Record<RehearsalKind, Expected>> = {
  release: { execution: "Succeeded", serving: "new", mayLoseRequests: false },
  build: failsAt("Build"),
  unhealthy: failsAt("Deploy"),
  crash: failsAt("Deploy"),
  hook: failsAt("Deploy"),
  alarm: failsAt("Deploy"),
  "5xx": failsAt("Deploy", true),
  approval: failsAt("Approval"),
};

/** A stand-in builds nothing, and answers every request with 200. */
const NEEDS_ENGINE: readonly RehearsalKind[] = ["build", "unhealthy", "crash", "5xx"];

/** @throws InputError if tasks are stand-ins, and the failure needs an image that is built and runs. */
export function requireEngine(kind: RehearsalKind, engine: EngineName | undefined): void {
  if (engine === "none" && NEEDS_ENGINE.includes(kind))
    throw new InputError(
      `--fail ${kind}: with the engine none, images are not built and tasks are stand-ins that do not fail`,
      "to start with another engine: npx codeseries local up --engine docker, podman or buildah",
    );
}

/**
 * Some kinds need a delivery that has what is to fail.
 *
 * @throws InputError that names the key.
 */
export function requirePossible(kind: RehearsalKind, { environment, service, settings }: Delivery): void {
  const { hooks, rollbackOnAlarms } = settings.deployment;
  const missing = (what: string, key: string) =>
    new InputError(`--fail ${kind}: ${service.name} in ${environment.name} has no ${what}; set ${key}`);
  if (kind === "approval" && !environment.approval)
    throw missing("approval", `environments.${environment.name}.approval`);
  if (kind === "hook" && Object.keys(hooks).length === 0)
    throw missing("hook", `services.${service.name}.deployment.hooks`);
  if (["alarm", "5xx"].includes(kind) && !rollbackOnAlarms)
    throw missing("alarm that stops a deployment", `services.${service.name}.deployment.rollbackOnAlarms`);
}
