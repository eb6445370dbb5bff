import { spawnSync } from "node:child_process";
import { S3Client } from "@aws-sdk/client-s3";
import { stackNames } from "../../app";
import { clientSettings } from "../../aws/client-settings";
import { requireAccount } from "../../aws/require-account";
import { BOOTSTRAP } from "../../config/schema";
import { localFile, localFolder } from "../../local/folder";
import { withLock } from "../../local/lock";
import { hasOverrides, reachableConfig, removeOverrides, writeOverrides } from "../../local/overrides";
import type { Planned } from "../../planning/plan-stacks";
import { statesOf } from "../../planning/states";
import { Interruption } from "../../process/interruption";
import { systemOf, type System } from "../../system/system";
import { requireTerraform } from "../../terraform/program";
import { runContext, type RunContext } from "../../terraform/run/run";
import { requireOwnStates } from "../../terraform/state/ownership";
import { terraformVariables } from "../../terraform/variables";
import { synthesizeConfiguration } from "../synth";
import type { Ui } from "../ui";

/** The synthesized system, checked to be the one of the credentials and of the states. */
export interface PlannedSystem extends Planned {
  readonly context: RunContext;
  readonly system: System;
  /** The stacks that Terraform can plan, in the order in which they are applied. */
  readonly names: readonly string[];
  /** Stacks that have a state, and that the configuration does not have. */
  readonly unplanned: readonly string[];
}

/**
 * Synthesizes, checks accounts and states, and does work with Terraform, one command at a time.
 *
 * @param what The name of the work, for the log.
 * @throws Failure if credentials are of another account.
 * @throws InputError if a state is of another system.
 */
export async function withPlannedSystem<T>(
  what: "review" | "apply",
  { env, ui }: { readonly env: NodeJS.ProcessEnv; readonly ui: Ui },
  acceptState: boolean,
  work: (planned: PlannedSystem) => Promise<T>,
): Promise<T> {
  const { config: configured, outdir, stacks, warnings } = synthesizeConfiguration(env);
  ui.configurationWarnings(warnings);
  Object.assign(env, terraformVariables(env, localFolder()));
  requireTerraform(env);
  const config = reachableConfig(configured, env.AWS_ENDPOINT_URL);
  const interruption = new Interruption(ui);
  return withLock(() =>
    interruption.during(async () => {
      // Overrides of the embedded AWS must not be used with a real one.
      if (config !== configured) writeOverrides(outdir, config);
      else if (hasOverrides(outdir)) removeOverrides(outdir);
      const system = systemOf(config);
      await requireAccounts(system);
      const s3 = new S3Client(clientSettings(system.shared, system.region));
      const states = await statesOf(s3, system);
      const all = stackNames(system);
      if (states.hasBucket) await requireOwnStates(s3, system, all, acceptState);
      // A bucket without a state is managed elsewhere, or is to be adopted.
      const isManaged = !states.hasBucket || (await states.of(BOOTSTRAP)) !== undefined;
      const names = all.filter((name) => name !== BOOTSTRAP || isManaged);
      const unplanned = (await states.names()).filter((name) => !all.includes(name));
      const [log, runs] = [localFile(`${what}.log`), localFile(`${what}-runs`)];
      const context = runContext({ env, progress: ui, interruption, log, runs });
      return work({ context, names, outdir, stacks, states, system, unplanned });
    }),
  );
}

/** With other credentials, a plan would make everything again in the other account. */
async function requireAccounts({ environments, region, shared }: System): Promise<void> {
  const accounts = new Set([shared, ...environments.map(({ account }) => account)]);
  const byName = new Map([...accounts].map((account) => [account.name, account]));
  await Promise.all([...byName.values()].map((account) => requireAccount(account.name, account, region)));
}

/** The Git commit of the working directory; null outside of a repository. */
export function currentCommit(): string | null {
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}
