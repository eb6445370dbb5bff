import { resolve } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { clientSettings } from "../aws/client-settings";
import { BOOTSTRAP, type Config } from "../config/schema";
import { systemOf, type System } from "../system/system";
import { Failure } from "../errors";
import type { Interruption } from "../process/interruption";
import { documentation } from "../process/package-file";
import { isAlive } from "../process/process-identity";
import { duration } from "../process/progress";
import { bootstrap } from "../terraform/bootstrap";
import { deploy } from "../terraform/deploy";
import { allSettled } from "../terraform/order";
import { requireTerraform } from "../terraform/program";
import { runContext } from "../terraform/run/run";
import { stackFolder } from "../terraform/stack-folder";
import { describeLock, readStateLock } from "../terraform/state/lock";
import { terraformVariables } from "../terraform/variables";
import { emulatorExited, type Emulator } from "./emulator/emulator";
import { ensureEmulator, type EnsureOptions } from "./emulator/ensure";
import { withOperator } from "./emulator/operator";
import { watch } from "./emulator/watch";
import { chooseEngine, type EngineName } from "./engine/kind";
import { BOOTSTRAP_STATE, DEPLOY_LOG, localFile, localFolder, TERRAFORM_RUNS } from "./folder";
import { reachableConfig, writeOverrides } from "./overrides";
import { endProcesses, requireProcesses, startProcesses } from "./processes/start";
import { ensureStandIns } from "./stand-ins/ensure";
import { outsideOf } from "./stand-ins/find";
import { standInRows } from "./stand-ins/rows";
import { nextSteps } from "./next-steps";
import { summary, type Row } from "./summary";
import { applyEnvironment, embeddedVariables } from "./variables";

/** The embedded AWS does not throttle, and the provider only waits for most of the resources that take long. */
const FAST_APPLY = { TF_CLI_ARGS_apply: "-parallelism=32" };

export interface UpOptions extends EnsureOptions {
  readonly config: Config;
  readonly interruption: Interruption;
  /** What builds images and runs tasks. @default - the first that works on this machine */
  readonly engine?: EngineName;
  /** What a second of the embedded AWS stands for, in seconds. */
  readonly timeFactor: number;
  /** Deploys resources, and starts nothing that would run pipelines, tasks and load balancers. */
  readonly resourcesOnly: boolean;
  /** Goes on although a state is of another system. */
  readonly acceptState: boolean;
}

/**
 * Deploys the whole system into an embedded AWS, which goes on running. An existing deployment is
 * updated to the configuration.
 *
 * @returns the table of what was deployed.
 * @throws Failure if anything prevents it.
 */
export async function up(options: UpOptions): Promise<string> {
  const { config, outdir, env, progress } = options;
  const startedAt = Date.now();
  const terraform = terraformVariables(env, localFolder());
  requireTerraform({ ...env, ...terraform });
  const engine = options.resourcesOnly ? undefined : chooseEngine(options.engine);
  const emulator = await ensureEmulator(options);
  try {
    if (engine) {
      await startProcesses({ engine: engine.name, timeFactor: options.timeFactor }, env);
      progress.note(`Images are built and tasks run with the engine ${engine.name}: ${engine.why}`);
    } else await endProcesses();
    const { id } = systemOf(config).shared;
    const operated = await withOperator(emulator, id, config.region);
    const variables = { ...embeddedVariables(operated, config.region, terraform), ...FAST_APPLY };
    applyEnvironment(env, { ...terraform, ...variables });
    writeOverrides(outdir, config);
    const rows = standInRows(systemOf(config), await ensureStandIns(emulator.url, outsideOf(config)));
    const reachable = reachableConfig(config, emulator.url);
    const table = await deployAll({ ...options, config: reachable }, emulator, rows);
    if (engine) requireProcesses();
    progress.note(`The system was deployed in ${duration(Date.now() - startedAt)}, at ${emulator.url}`);
    if (engine) progress.note(nextSteps(systemOf(config)));
    return table;
  } catch (error) {
    throw isAlive(emulator) ? error : emulatorExited();
  }
}

/**
 * Deploys every stack. The other stacks start as soon as the state bucket exists: they do not need its
 * lifecycle rules, for which the provider waits a minute.
 */
async function deployAll(options: UpOptions, emulator: Emulator, standIns: readonly Row[]): Promise<string> {
  const { acceptState, config, outdir, interruption } = options;
  const files = { log: localFile(DEPLOY_LOG), runs: localFile(TERRAFORM_RUNS) };
  const context = runContext({ ...options, ...files, comparesProviders: false });
  const endWatch = watch(emulator, interruption);
  try {
    const system = systemOf(config);
    const stacks = [...Object.keys(config.environments), "shared"];
    const s3 = new S3Client(clientSettings(system.shared, config.region));
    await requireUnlocked(s3, system, outdir, stacks);
    let deployment = Promise.resolve();
    const onBucket = () => {
      deployment = deploy(context, outdir, stacks);
      // A failure is reported at the end, with that of the bootstrap stack; until then nothing awaits it.
      deployment.catch(() => undefined);
    };
    const localState = localFile(BOOTSTRAP_STATE);
    const bucket = bootstrap(context, { acceptState, config, outdir, localState, onBucket });
    await bucket.catch(() => undefined);
    await allSettled<unknown>(context, [bucket, deployment]);
    return await summary(s3, system, standIns);
  } finally {
    endWatch();
  }
}

/** A run that was killed leaves a lock behind; that is reported before anything is created. */
async function requireUnlocked(s3: S3Client, system: System, outdir: string, stacks: readonly string[]) {
  for (const stack of [BOOTSTRAP, ...stacks]) {
    const lock = await readStateLock(s3, system, stack);
    if (lock)
      throw new Failure(`${describeLock(stack, resolve(stackFolder(outdir, stack)), lock)}
with the variables of the embedded AWS:  eval "$(npx codeseries local env)"
Resources that the run created but did not record then cause errors; ${documentation("runbooks/locked-state.md")} shows how to import them.
Or discard the embedded AWS and deploy again:  npx codeseries local up --recover`);
  }
}
