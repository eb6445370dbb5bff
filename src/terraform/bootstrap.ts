import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { clientSettings } from "../aws/client-settings";
import { requireAccount } from "../aws/require-account";
import { BOOTSTRAP, type Config } from "../config/schema";
import { systemOf } from "../system/system";
import { stateKey } from "../system/state";
import { Failure } from "../errors";
import { deployStack, migrateState } from "./operations";
import { stackIn, type RunContext } from "./run/run";
import { BOOTSTRAP_OVERRIDE, readStackFile } from "./stack-folder";
import { hasBucket, hasObject } from "./state/bucket";
import { describeLock, readStateLock } from "./state/lock";
import { otherBootstrap, requireSafeBucket } from "./state/other-bootstrap";
import { requireOwnStates } from "./state/ownership";

/** Imports a bucket that exists. */
const ADOPTION = "adopt.tf.json";

const BUCKET_TYPE = "aws_s3_bucket";

export interface BootstrapOptions {
  readonly config: Config;
  readonly outdir: string;
  /** The file that holds the stack's state until the bucket can. */
  readonly localState: string;
  /** Goes on although a state in the bucket is of another system. */
  readonly acceptState: boolean;
  /** Called when the bucket exists and can hold the states of other stacks. */
  readonly onBucket?: () => void;
}

/**
 * Creates the state bucket, or adopts the existing one, and moves the stack's own state into it. A run
 * that was stopped can be repeated, and a second run, from any clone, changes nothing. A bucket that another
 * system made is checked and used.
 *
 * @returns what was done.
 * @throws Failure if credentials, the bucket or Terraform prevent it.
 * @throws InputError if the bucket holds a state of another system under a key of this one.
 */
export async function bootstrap(context: RunContext, options: BootstrapOptions): Promise<string> {
  const { acceptState, config, outdir, localState, onBucket = () => undefined } = options;
  const { region, state } = config;
  const system = systemOf(config);
  const { shared } = system;
  const stack = stackIn(outdir, BOOTSTRAP);
  const { folder, progress } = stack;

  await requireAccount("shared", shared, region);
  const s3 = new S3Client(clientSettings(shared, region));
  const exists = await hasBucket(s3, state.bucket, shared.id);
  const lock = exists ? await readStateLock(s3, system, BOOTSTRAP) : undefined;
  if (lock) throw new Failure(describeLock(BOOTSTRAP, folder, lock));

  if (exists)
    await requireOwnStates(
      s3,
      system,
      [BOOTSTRAP, ...Object.keys(config.environments), "shared"],
      acceptState,
    );

  removeFiles(folder);
  const ownKey = stateKey(system, BOOTSTRAP);
  const hasState = exists && (await hasObject(s3, state.bucket, ownKey));
  const isNew = exists && !hasState && !existsSync(localState);
  const other = isNew ? await otherBootstrap(s3, state.bucket, ownKey) : undefined;
  if (other !== undefined) await requireSafeBucket(s3, state.bucket);
  if (exists) onBucket();
  if (other !== undefined) return `used as it is, because ${other} manages it`;
  if (hasState) {
    await deployStack(context, stack);
    return progress.result;
  }

  progress.onCreated(BUCKET_TYPE, onBucket);
  const local = { terraform: { backend: { local: { path: localState } } } };
  writeFileSync(join(folder, BOOTSTRAP_OVERRIDE), JSON.stringify(local));
  if (exists) adopt(folder, state.bucket);
  try {
    await deployStack(context, stack);
    removeFiles(folder);
    await migrateState(context, stack);
    for (const file of [localState, `${localState}.backup`]) rmSync(file, { force: true });
    return progress.result;
  } finally {
    removeFiles(folder);
  }
}

/** Leaves the stack's folder as it was synthesized, because these files would change later runs. */
function removeFiles(folder: string): void {
  for (const file of [BOOTSTRAP_OVERRIDE, ADOPTION]) rmSync(join(folder, file), { force: true });
}

/**
 * Makes Terraform import the bucket, unless the state of a run that was stopped has it: an import of what the
 * state has is ignored. The bucket's settings (versioning, policy) can be applied without an import.
 */
function adopt(folder: string, bucket: string): void {
  const [name = ""] = Object.keys(readStackFile(folder).resource?.[BUCKET_TYPE] ?? {});
  const block = { to: `${BUCKET_TYPE}.${name}`, id: bucket };
  writeFileSync(join(folder, ADOPTION), JSON.stringify({ import: [block] }));
}
