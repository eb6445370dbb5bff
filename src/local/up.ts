import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { clientSettings } from "../aws/client-settings";
import type { Config } from "../config/schema";
import { accountOf } from "../config/settings";
import { Failure } from "../process/failure";
import type { Interruption } from "../process/interruption";
import { documentation } from "../process/package-file";
import { isAlive } from "../process/process-identity";
import { duration } from "../process/reporter";
import { bootstrap } from "../terraform/bootstrap";
import { terraformEnvironment } from "../terraform/environment";
import { requireTerraform } from "../terraform/program";
import { stackFolder } from "../terraform/stack-folder";
import { describeLock, readStateLock } from "../terraform/state-lock";
import { atWork, type AtWorkOptions } from "./at-work";
import { deploy, stackSummary } from "./deploy";
import { obituary, remember, runningEmulator, type Emulator, type OperatedEmulator } from "./emulator";
import { embeddedEnvironment, enter } from "./environment";
import { BOOTSTRAP_STATE, DEPLOY_LOG, localFile, localFolder } from "./folder";
import { createOperator } from "./operator";
import { reachableConfig, redirectStacks } from "./redirect";
import { summary } from "./summary";
import { systemOf } from "../system/system";
import { watch } from "./watch";

export interface UpOptions extends AtWorkOptions {
  readonly config: Config;
  readonly interruption: Interruption;
}

/**
 * Deploys the whole system into an embedded AWS, which goes on running. What stands already is kept, and
 * brought to what the configuration says.
 *
 * @returns the table of what there is.
 * @throws Failure in one sentence, whatever is in the way.
 */
export async function up(options: UpOptions): Promise<string> {
  const { outdir, env, reporter } = options;
  const began = Date.now();
  const terraform = terraformEnvironment(env, localFolder());
  requireTerraform({ ...env, ...terraform });
  const emulator = await atWork(options);
  try {
    const operatedEmulator = await operated(emulator, options);
    enter(env, { ...terraform, ...embeddedEnvironment(operatedEmulator, options.config.region, terraform) });
    redirectStacks(outdir, options.config);
    const table = await deployAll(
      { ...options, config: reachableConfig(options.config, emulator.url) },
      emulator,
    );
    reporter.say(`The system is deployed, in ${duration(Date.now() - began)}, at ${emulator.url}`);
    return table;
  } catch (error) {
    throw isAlive(emulator) ? error : obituary();
  }
}

/** Deploys every stack, in order. */
async function deployAll(options: UpOptions, emulator: Emulator): Promise<string> {
  const { config, outdir, env, reporter, interruption } = options;
  const log = localFile(DEPLOY_LOG);
  writeFileSync(log, "");
  const surroundings = { env, reporter, interruption, log };
  const endWatch = watch(emulator, interruption);
  try {
    const stacks = [...Object.keys(config.environments), "shared"];
    const s3 = new S3Client(clientSettings(accountOf(config, "shared"), config.region));
    await requireUnlocked(s3, options, stacks);
    const localState = localFile(BOOTSTRAP_STATE);
    reporter.say(stackSummary(await bootstrap({ ...surroundings, config, outdir, localState })));
    await deploy(surroundings, outdir, stacks);
    return await summary(s3, systemOf(config));
  } finally {
    endWatch();
  }
}

/** The embedded AWS with somebody in the configuration's shared account who deploys. */
async function operated(emulator: Emulator, { config }: UpOptions): Promise<OperatedEmulator> {
  const { id } = accountOf(config, "shared");
  const known = runningEmulator();
  if (known?.operator.accountId === id) return known;
  const withOperator = { ...emulator, operator: await createOperator(emulator.url, id, config.region) };
  remember(withOperator);
  return withOperator;
}

/** A run that was killed leaves its lock behind; better known before anything is made than half-way. */
async function requireUnlocked(s3: S3Client, { config, outdir }: UpOptions, stacks: readonly string[]) {
  for (const stack of ["bootstrap", ...stacks]) {
    const lock = await readStateLock(s3, config.state.bucket, stack);
    if (lock)
      throw new Failure(`${describeLock(stack, resolve(stackFolder(outdir, stack)), lock)}
with the variables of the embedded AWS:  eval "$(npm run --silent local -- env)"
What that run made and did not write down is then in the way: ${documentation("runbooks/locked-state.md")} imports it.
Or discard the embedded system and deploy anew:  npm run local -- up --recover`);
  }
}
