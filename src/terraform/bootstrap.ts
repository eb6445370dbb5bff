import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { clientSettings } from "../aws/client-settings";
import { requireAccount } from "../aws/require-account";
import type { Config } from "../config/schema";
import { accountOf } from "../config/settings";
import { stateKey } from "../naming/state";
import { Failure } from "../process/failure";
import { readStackFile, stackFolder } from "./stack-folder";
import type { StackProgress } from "./stack-progress";
import { hasBucket, hasObject } from "./state-bucket";
import { describeLock, readStateLock } from "./state-lock";
import { terraform, type Surroundings } from "./terraform";

const STACK = "bootstrap";

/** Puts a local state in the place of the bucket that is not there yet. */
export const BOOTSTRAP_OVERRIDE = "backend_override.tf.json";

/** Takes over a bucket that is there. */
const ADOPTION = "adopt.tf.json";

const BUCKET_TYPE = "aws_s3_bucket";

export interface BootstrapOptions extends Surroundings {
  readonly config: Config;
  readonly outdir: string;
  /** The file that keeps the stack's state until the bucket can. */
  readonly localState: string;
}

/**
 * Makes the state bucket, or adopts the one that is there, and moves the stack's own state into it. Each
 * step can be taken again: a run that was cut off goes on where it stood, and a second run, from any
 * clone, changes nothing.
 *
 * @throws Failure where credentials, bucket or Terraform are in the way.
 */
export async function bootstrap(options: BootstrapOptions): Promise<StackProgress> {
  const { config, outdir, localState } = options;
  const { region, state } = config;
  const shared = accountOf(config, "shared");
  const folder = stackFolder(outdir, STACK);
  const stack = { stack: STACK, folder };
  readStackFile(folder);

  await requireAccount("shared", shared, region);
  const s3 = new S3Client(clientSettings(shared, region));
  const made = await hasBucket(s3, state.bucket, shared.id);
  const lock = made ? await readStateLock(s3, state.bucket, STACK) : undefined;
  if (lock) throw new Failure(describeLock(STACK, resolve(folder), lock));

  clear(folder);
  if (made && (await hasObject(s3, state.bucket, stateKey(STACK)))) {
    await terraform(options, stack, ["init", "-reconfigure"]);
    return await terraform(options, stack, ["apply", "-auto-approve"]);
  }

  const local = { terraform: { backend: { local: { path: localState } } } };
  writeFileSync(join(folder, BOOTSTRAP_OVERRIDE), JSON.stringify(local));
  if (made && !holdsBucket(localState)) adopt(folder, state.bucket);
  try {
    await terraform(options, stack, ["init", "-reconfigure"]);
    const progress = await terraform(options, stack, ["apply", "-auto-approve"]);
    clear(folder);
    await terraform(options, stack, ["init", "-migrate-state", "-force-copy"]);
    for (const left of [localState, `${localState}.backup`]) rmSync(left, { force: true });
    return progress;
  } finally {
    clear(folder);
  }
}

/** Leaves the stack's folder as it was synthesized: what stays there would change later runs. */
function clear(folder: string): void {
  for (const file of [BOOTSTRAP_OVERRIDE, ADOPTION]) rmSync(join(folder, file), { force: true });
}

/** Whether a state, of a run that was cut off, knows of the bucket. */
function holdsBucket(stateFile: string): boolean {
  if (!existsSync(stateFile)) return false;
  const { resources = [] } = JSON.parse(readFileSync(stateFile, "utf8")) as {
    resources?: { type: string }[];
  };
  return resources.some(({ type }) => type === BUCKET_TYPE);
}

/** Has Terraform import the bucket; what belongs to it S3 takes as it is set. */
function adopt(folder: string, bucket: string): void {
  const [name = ""] = Object.keys(readStackFile(folder).resource?.[BUCKET_TYPE] ?? {});
  const block = { to: `${BUCKET_TYPE}.${name}`, id: bucket };
  writeFileSync(join(folder, ADOPTION), JSON.stringify({ import: [block] }));
}
